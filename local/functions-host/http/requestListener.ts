import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppFunction } from "../core/appFunctions.ts";
import type { HttpSettings } from "../settings/hostJson.ts";
import type { Cors } from "../settings/localSettings.ts";
import type { Authorizer } from "./authorization.ts";
import { applyCors } from "./cors.ts";
import { RefusedRequest } from "./requestBody.ts";
import { createRouter } from "./router.ts";
import type { RouteMatch } from "./router.ts";
import { createThrottle } from "./throttle.ts";

/** What the HTTP side needs from the rest of the runtime. */
export interface HttpSideOptions {
  functions: AppFunction[];
  settings: HttpSettings;
  cors: Cors | undefined;
  environment: NodeJS.ProcessEnv;
  isAuthorized: Authorizer;
  /** Runs the function and answers; `url` is absolute. */
  answer: (
    match: RouteMatch,
    request: IncomingMessage,
    response: ServerResponse,
    url: string,
  ) => Promise<void>;
  /** Answers what is below /admin. */
  admin: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  warn: (message: string) => void;
}

const HOME = `<!doctype html><html lang="en"><title>Functions host</title>
<p>Your local Functions app is up and running.</p></html>
`;

/** The listener of the HTTP server: home page, admin API, CORS, routing, keys, limits, then the function. */
export function createRequestListener(
  options: HttpSideOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { settings, cors, environment } = options;
  const findRoute = createRouter(options.functions, settings.routePrefix);
  const throttle = createThrottle(settings.maxOutstandingRequests, settings.maxConcurrentRequests);
  const hasHome = environment["AzureWebJobsDisableHomepage"]?.toLowerCase() !== "true";

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = originForm(request.url ?? "/");
    const question = target.indexOf("?");
    const path = question === -1 ? target : target.slice(0, question);
    for (const [name, value] of settings.customHeaders) response.setHeader(name, value);
    if (cors && applyCors(cors, request, response)) return;
    if (path === "/admin" || path.startsWith("/admin/")) return options.admin(request, response, path);
    const match = findRoute(request.method!, path);
    if (!match && path === "/" && hasHome && request.method === "GET") return sendHome(response);
    if (!match) return sendEmpty(response, 404);
    if (!options.isAuthorized(match.appFunction, request, target)) return sendEmpty(response, 401);
    const url = `http://${request.headers.host ?? "localhost"}${target}`;
    if (!URL.canParse(url)) return sendEmpty(response, 400);
    // The library puts this behind the host's name again.
    request.url = target;
    const task = throttle.run(() => options.answer(match, request, response, url));
    if (task) return task;
    response.setHeader("retry-after", "1");
    sendEmpty(response, 429);
  }

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      const refused = error instanceof RefusedRequest ? error : undefined;
      if (!refused) options.warn(`${request.method} ${request.url} failed in the host: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else sendEmpty(response, refused?.status ?? 500);
    });
  };
}

/** A proxy may send the absolute form; only path and query matter here. */
function originForm(target: string): string {
  if (target.startsWith("/")) return target;
  if (!URL.canParse(target)) return "/";
  const { pathname, search } = new URL(target);
  return pathname + search;
}

function sendHome(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(HOME);
}

function sendEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 0 }).end();
}
