import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Finds the answer that an invocation is sent with while it is open; null when there is none, as in a test. */
export type FindResponse = (invocationId: string) => ServerResponse | null;

/**
 * Keeps the open answers of one route in sight. The Functions library writes a stream to its answer without asking
 * whether the caller keeps up, and goes on when the caller has left; with the answer at hand, a stream can wait
 * for the one and stop for the other.
 */
export function trackResponses(routePath: string): FindResponse {
  const pattern = new RegExp(`/${routePath.replaceAll(/\{\w+\}/g, "[^/?]+")}/?(\\?|$)`, "i");
  const open = new Set<ServerResponse>();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!pattern.test(request.url ?? "")) return;
    open.add(response);
    response.once("close", () => open.delete(response));
  });
  return (invocationId) =>
    [...open].find(({ req }) => req.headers["x-ms-invocation-id"] === invocationId) ?? null;
}
