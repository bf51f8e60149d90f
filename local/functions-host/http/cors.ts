import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cors } from "../settings/localSettings.ts";

/** How long a browser may remember a preflight answer, in seconds (browsers cap this at two hours). */
const PREFLIGHT_SECONDS = 7200;

/**
 * Puts the CORS headers of an allowed origin on the response and answers a preflight itself.
 * Returns true when the request is answered.
 */
export function applyCors(cors: Cors, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  const requestedMethod = request.headers["access-control-request-method"];
  const isPreflight = request.method === "OPTIONS" && requestedMethod !== undefined;
  if (origin === undefined) return false;
  response.setHeader("vary", "Origin");
  const any = cors.origins.includes("*");
  const allowed = any || cors.origins.includes(origin);
  if (allowed) {
    response.setHeader("access-control-allow-origin", any && !cors.credentials ? "*" : origin);
    if (cors.credentials) response.setHeader("access-control-allow-credentials", "true");
  }
  if (!isPreflight) return false;
  if (allowed) {
    const headers = request.headers["access-control-request-headers"];
    response.setHeader("access-control-allow-methods", requestedMethod);
    if (headers !== undefined) response.setHeader("access-control-allow-headers", headers);
    response.setHeader("access-control-max-age", String(PREFLIGHT_SECONDS));
  }
  response.writeHead(204).end();
  return true;
}
