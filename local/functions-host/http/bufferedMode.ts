import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppFunction } from "../core/appFunctions.ts";
import type { HttpCookie, HttpData, InvocationResponse } from "../core/coreTypes.ts";
import type { Invoker } from "../core/invocation.ts";
import { readBody } from "./requestBody.ts";
import type { RouteMatch } from "./router.ts";

/** Headers that belong to the connection or that Node computes from the body. */
const OWN_HEADERS = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "upgrade",
  "te",
]);

/** Settings the buffered mode needs for each request. */
interface BufferedModeOptions {
  invoker: Invoker;
  maxBodyBytes: number;
  /** Called with what a handler threw; the caller gets an empty 500. */
  onError: (functionName: string, error: unknown) => void;
  /** Sends what the function put into its other outputs. */
  sendOutputs: (appFunction: AppFunction, response: InvocationResponse) => Promise<void>;
}

/** The default mode: the whole body goes to the function, and the whole response comes back from it. */
export async function answerBuffered(
  options: BufferedModeOptions,
  match: RouteMatch,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const body = await readBody(request, options.maxBodyBytes);
  const { registration, triggerName, name, outputs } = match.appFunction;
  const http: HttpData = {
    url,
    method: request.method!,
    headers: joinHeaders(request),
    params: match.params,
    ...(body ? { body: { bytes: body } } : {}),
    ...readQuery(url),
  };
  let answer: HttpData | undefined;
  try {
    const outcome = await options.invoker.invoke(registration, { bindingName: triggerName, data: { http } });
    if (outcome.error !== undefined) throw outcome.error;
    const result = await outcome.model.getResponse(outcome.context, outcome.result);
    if (outputs.length > 0) await options.sendOutputs(match.appFunction, result);
    answer = result.returnValue?.http;
  } catch (error) {
    options.onError(name, error);
    response.writeHead(500, { "content-length": 0 }).end();
    return;
  }
  if (answer) writeAnswer(response, answer);
  else response.writeHead(204).end();
}

/** Node gives set-cookie as a list; everything else is joined already. */
function joinHeaders(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const cookies = request.headers["set-cookie"];
  return cookies ? { ...headers, "set-cookie": cookies.join(",") } : headers;
}

/** Repeated keys are joined with a comma, as the host does. */
function readQuery(url: string): { query?: Record<string, string> } {
  const start = url.indexOf("?");
  if (start === -1) return { query: {} };
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(url.slice(start + 1)))
    query[key] = key in query ? `${query[key]},${value}` : value;
  return { query };
}

function writeAnswer(response: ServerResponse, answer: HttpData): void {
  const status = Number(answer.statusCode ?? 200);
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    if (!OWN_HEADERS.has(name)) response.setHeader(name, value);
  if (answer.cookies && answer.cookies.length > 0)
    response.setHeader("set-cookie", answer.cookies.map(serializeCookie));
  const bytes = answer.body?.bytes;
  response.statusCode = status;
  if (bytes && bytes.byteLength > 0)
    response.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  else response.end();
}

function serializeCookie(cookie: HttpCookie): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`];
  if (cookie.maxAge) parts.push(`Max-Age=${cookie.maxAge.value}`);
  if (cookie.domain) parts.push(`Domain=${cookie.domain.value}`);
  if (cookie.path) parts.push(`Path=${cookie.path.value}`);
  if (cookie.expires) parts.push(`Expires=${new Date(cookie.expires.value.seconds * 1000).toUTCString()}`);
  if (cookie.secure?.value) parts.push("Secure");
  if (cookie.httpOnly?.value) parts.push("HttpOnly");
  const sameSite = { lax: "Lax", strict: "Strict", explicitNone: "None", none: undefined }[
    cookie.sameSite ?? "none"
  ];
  if (sameSite) parts.push(`SameSite=${sameSite}`);
  return parts.join("; ");
}
