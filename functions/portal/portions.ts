import type { Clock } from "../platform/clock.ts";
import type { Sleep } from "../platform/sleep.ts";

/** Messages of a batch that is full, after which more are surely waiting: `maxMessageBatchSize` of host.json. */
export const fullBatch = 90;

const portionSize = 24;
const longestRestMs = 100;

/**
 * Works off an organization's burst in portions, one after the other, with a rest as long as the portion took: so that
 * what the others do in this process and in storage waits for a portion at most. Rejects with the first failure.
 */
export async function inPortions<T>(
  items: readonly T[],
  { clock, sleep }: { clock: Clock; sleep: Sleep },
  work: (portion: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += portionSize) {
    const beganAt = clock();
    await work(items.slice(start, start + portionSize));
    if (start + portionSize < items.length) await sleep(Math.min(clock() - beganAt, longestRestMs));
  }
}
