import { setTimeout as delay } from "node:timers/promises";

const FIRST_RETRY_MS = 200;
/** A broker that comes back is noticed within this time. */
const LONGEST_RETRY_MS = 2000;

/**
 * Waits between attempts: longer after each failure, short again after one that lasted for `livedMs`
 * milliseconds. The wait ends early at `signal`.
 */
type RetryDelay = (livedMs: number, signal: AbortSignal) => Promise<void>;

/** A delay that starts short. */
export function createRetryDelay(): RetryDelay {
  let next = FIRST_RETRY_MS;
  return async (livedMs, signal) => {
    if (livedMs > LONGEST_RETRY_MS) next = FIRST_RETRY_MS;
    const current = next;
    next = Math.min(next * 2, LONGEST_RETRY_MS);
    await delay(current, undefined, { signal }).catch(() => undefined);
  };
}
