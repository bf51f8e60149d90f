import { setTimeout as delay } from "node:timers/promises";

/** A steady pace: `count` pieces of work, `rate` per second. */
type Pace = { count: number; rate: number };

/**
 * Starts `work` at the pace, whether or not earlier work is done; only when two seconds' worth is under way does it
 * wait. The first failure ends it and is thrown once nothing runs any more.
 */
export async function atPace({ count, rate }: Pace, work: (number: number) => Promise<void>): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failure = new AbortController();
  const start = performance.now();
  for (let number = 0; number < count && !failure.signal.aborted; number++) {
    const wait = start + (number * 1000) / rate - performance.now();
    if (wait > 0) await delay(wait);
    const working = work(number)
      .catch((error: unknown) => failure.abort(error))
      .finally(() => underWay.delete(working));
    underWay.add(working);
    if (underWay.size >= rate * 2) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  failure.signal.throwIfAborted();
}
