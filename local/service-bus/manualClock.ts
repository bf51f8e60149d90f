import type { Clock } from "./clock.ts";

/** A clock that stands still until `advance` moves it; what falls due on the way runs in its order. */
export type ManualClock = Clock & { advance(milliseconds: number): void };

/** Creates a clock for tests, standing at `start` (default: the time of the machine). */
export function createManualClock(start = Date.now()): ManualClock {
  let now = start;
  const waiting = new Set<{ at: number; callback: () => void }>();
  const nextUntil = (end: number) =>
    [...waiting].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];

  return {
    now: () => now,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (let entry = nextUntil(end); entry; entry = nextUntil(end)) {
        waiting.delete(entry);
        now = Math.max(now, entry.at);
        entry.callback();
      }
      now = end;
    },
  };
}
