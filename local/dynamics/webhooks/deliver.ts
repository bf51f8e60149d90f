import { setTimeout as delay } from "node:timers/promises";
import { post } from "./post.ts";
import type { DeliveryRequest } from "./post.ts";

/** One try at handing a body to the endpoint. */
export type Attempt = {
  at: string;
  milliseconds: number;
  /** The HTTP status; null when there was no answer. */
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
};

/** Waiting times, in milliseconds. */
export type DeliveryTimes = {
  /** After this long without an answer the delivery has failed. */
  timeout: number;
  /** Between the first try and the only retry. */
  beforeRetry: number;
};

/** What Dataverse does, except for the undocumented pause before the retry. */
export const defaultTimes: DeliveryTimes = { timeout: 60_000, beforeRetry: 1_000 };

/** The only answers after which Dataverse tries once more. */
const RETRIED = new Set([502, 503, 504]);

/**
 * Sends a webhook request by Dataverse's rules: only the status counts, 2xx is success, one retry and only for
 * 502, 503 and 504; every other status, a timeout and a broken connection are final. `stop` abandons it.
 */
export async function deliver(
  request: DeliveryRequest,
  times: DeliveryTimes,
  stop: AbortSignal,
): Promise<Attempt[]> {
  const first = await attempt(request, times.timeout, stop);
  if (first.status === null || !RETRIED.has(first.status)) return [first];
  await delay(times.beforeRetry, undefined, { signal: stop });
  return [first, await attempt(request, times.timeout, stop)];
}

/** Whether the endpoint took the delivery. */
export function succeeded(attempts: Attempt[]): boolean {
  const status = attempts.at(-1)?.status ?? 0;
  return status >= 200 && status < 300;
}

async function attempt(request: DeliveryRequest, timeout: number, stop: AbortSignal): Promise<Attempt> {
  const at = new Date().toISOString();
  const start = performance.now();
  const finish = (status: number | null, error: string | null): Attempt => {
    return { at, milliseconds: Math.round(performance.now() - start), status, error };
  };
  const expired = AbortSignal.timeout(timeout);
  try {
    return finish(await post(request, AbortSignal.any([stop, expired])), null);
  } catch (error) {
    stop.throwIfAborted();
    return finish(null, expired.aborted ? `No answer within ${timeout / 1000} seconds.` : reason(error));
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : error.message;
  return code === "ECONNREFUSED"
    ? "Nothing listens at the endpoint's address."
    : `The connection failed (${code}).`;
}
