import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { AppFunction } from "../core/appFunctions.ts";

/** Says whether a request carries a key that its function asks for. `target` is path and query. */
export type Authorizer = (appFunction: AppFunction, request: IncomingMessage, target: string) => boolean;

/** What `func start` does: locally every caller counts as an administrator. */
export const allowAll: Authorizer = () => true;

/**
 * Checks keys as `func start --enableAuth` does, with one key for everything (in Azure there are function
 * keys, host keys and a master key): header `x-functions-key` or query `code`.
 */
export function requireKey(key: string): Authorizer {
  const expected = Buffer.from(key);
  return (appFunction, request, target) => {
    if (appFunction.trigger.type !== "http" || appFunction.trigger.authLevel === "anonymous") return true;
    const header = request.headers["x-functions-key"];
    const query = new URLSearchParams(target.replace(/^[^?]*/, "")).get("code");
    const given = Buffer.from((typeof header === "string" ? header : undefined) ?? query ?? "");
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}
