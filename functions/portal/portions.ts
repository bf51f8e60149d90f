import type { Clock } from "../platform/clock.ts";
import type { Sleep } from "../platform/sleep.ts";

/** Messages of a batch that is full, after which more are surely waiting: `maxMessageBatchSize` of host.json. */
export const fullBatch = 90;

const portionSize = 24;
/** A portion that took longer, in milliseconds, tells that storage is slow: the sooner the others are done the better. */
const slowMs = 250;
/** Long enough for a request or two of the others; longer rests would let a slow machine fall behind. */
const longestRestMs = 25;

/**
 * Works off an organization's burst in portions, one after the other, with a short rest after each: so that
 * what the others do in this process and in storage waits for a portion at most. After a slow portion comes all that is
 * left at once, before the lock of its messages runs out. Rejects with the first failure.
 */
export async function inPortions<T>(
  items: readonly T[],
  { clock, sleep }: { clock: Clock; sleep: Sleep },
  work: (portion: readonly T[]) => Promise<void>,
): Promise<void> {
  let left = items;
  while (left.length > 0) {
    const beganAt = clock();
    await work(left.slice(0, portionSize));
    left = left.slice(portionSize);
    if (left.length === 0) return;
    const tookMs = clock() - beganAt;
    if (tookMs > slowMs) return work(left);
    await sleep(Math.min(tookMs, longestRestMs));
  }
}
