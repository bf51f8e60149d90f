import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Sleep } from "../platform/sleep.ts";
import type { StorageFault } from "../platform/storage/table.ts";

/** Tries of a commit whose caller will deliver it again. */
const defaultAmbiguousTries = 6;
const conflictTries = 24;
/** Nor is a storage tried for longer than this that lets every try wait: one request without an answer takes longer. */
const defaultPatienceMs = 8_000;

/**
 * Paces the repetitions of one commit: after a conflict at once, later after a short random time; after an
 * ambiguous answer with exponential backoff from 0.1 s to 3 s. When it has gone on too long, the fault is
 * thrown, and the message that it was for is delivered again.
 */
export function createPace({
  sleep,
  random,
  clock = systemClock,
  ambiguousTries = defaultAmbiguousTries,
  patienceMs = defaultPatienceMs,
}: {
  sleep: Sleep;
  random: () => number;
  clock?: Clock;
  ambiguousTries?: number;
  patienceMs?: number;
}) {
  const began = clock();
  let ambiguous = 0;
  let conflicts = 0;
  return async function pace(fault: StorageFault): Promise<void> {
    if (fault.kind === "ambiguous") {
      ambiguous += 1;
      if (ambiguous >= ambiguousTries || clock() - began >= patienceMs) throw fault;
      await sleep(Math.min(100 * 2 ** ambiguous, 3_000) * (0.5 + random() / 2));
      return;
    }
    conflicts += 1;
    if (conflicts >= conflictTries) throw fault;
    if (conflicts > 1) await sleep(Math.min(10 * 2 ** conflicts, 500) * random());
  };
}
