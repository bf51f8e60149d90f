import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppFunction } from "../core/appFunctions.ts";
import { fullRoute } from "../http/router.ts";
import type { AskAll } from "../protocol.ts";

/** What the admin API needs from the runtime. */
interface AdminOptions {
  functions: AppFunction[];
  routePrefix: string;
  version: string;
  /** Runs a function that is not HTTP, in the background. */
  run: (appFunction: AppFunction, input: string) => void;
  askAll: AskAll;
}

const MAX_BODY_BYTES = 1_048_576;

/**
 * The part of the host's admin API that tools and tests use, and `/admin/local/clock`, which is ours. It
 * asks for no key: the host listens on the loopback interface only.
 */
export function createAdminApi(
  options: AdminOptions,
): (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> {
  const byName = new Map(options.functions.map((item) => [item.name.toLowerCase(), item]));

  return async (request, response, path) => {
    const [, , area, name, part] = path.split("/");
    const method = request.method ?? "GET";
    if (area === "host" && name === "status" && method === "GET")
      return json(response, 200, await hostStatus(options));
    if (area === "host" && name === "ping") return empty(response, 200);
    if (area === "local" && name === "clock" && method === "POST")
      return setClock(options, request, response);
    if (area !== "functions") return empty(response, 404);
    if (name === undefined && method === "GET") return json(response, 200, options.functions.map(describe));
    const appFunction = byName.get((name ?? "").toLowerCase());
    if (!appFunction) return empty(response, 404);
    if (part === "status" && method === "GET") return json(response, 200, {});
    if (part === undefined && method === "GET") return json(response, 200, describe(appFunction));
    if (part === undefined && method === "POST") return runFunction(options, appFunction, request, response);
    return empty(response, 404);
  };

  function describe({ name, registration, trigger, disabled }: AppFunction): unknown {
    const { bindings } = registration.metadata;
    return {
      name,
      language: "node",
      isDisabled: disabled,
      config: { bindings: Object.entries(bindings).map(([key, binding]) => ({ ...binding, name: key })) },
      ...(trigger.type === "http"
        ? { invoke_url_template: `/${fullRoute(options.routePrefix, trigger.route)}` }
        : {}),
    };
  }
}

/** As the host reports it, and under `local` what benchmarks measure: the processes that run the app. */
async function hostStatus({ askAll, version }: AdminOptions): Promise<unknown> {
  const { usages, complete } = await askAll({ about: "usage" });
  return {
    id: "local",
    state: complete ? "Running" : "Initializing",
    version,
    versionDetails: version,
    processUptime: Math.round(process.uptime() * 1000),
    functionAppContentEditingState: "NotAllowed",
    local: { processes: usages },
  };
}

async function runFunction(
  options: AdminOptions,
  appFunction: AppFunction,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readJson(request);
  const input = body?.["input"] ?? "";
  if (!body || typeof input !== "string")
    return problem(response, 'Send {"input": "text"} or {}; the input has to be a text.');
  if (appFunction.trigger.type === "http")
    return problem(response, "An HTTP function is run by calling its route.");
  options.run(appFunction, input);
  empty(response, 202);
}

async function setClock(
  options: AdminOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readJson(request);
  const now = body?.["now"];
  const date = typeof now === "string" ? new Date(now) : null;
  if (now === undefined || (now !== null && (date === null || Number.isNaN(date.getTime()))))
    return problem(response, 'Send {"now": "2026-01-31T08:00:00Z"} to shift the clock, or {"now": null}.');
  const offsetMs = date === null ? 0 : date.getTime() - Date.now();
  await options.askAll({ about: "clock", offsetMs });
  json(response, 200, { now: new Date(Date.now() + offsetMs), offsetMs });
}

/** An empty body counts as {}; anything that is not a JSON object is undefined. */
async function readJson(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8").trim() || "{}");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8" })
    .end(JSON.stringify(value));
}

function problem(response: ServerResponse, detail: string): void {
  response.writeHead(400, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ title: "Bad Request", status: 400, detail }));
}

function empty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 0 }).end();
}
