import type { Sleep } from "../platform/sleep.ts";
import { StorageFault } from "../platform/storage/table.ts";

/**
 * Waits in milliseconds between the tries of a write that must not be forgotten, 11 s in all: storage that throttles or
 * moves a partition refuses everything for a while, so tries without a pause would all meet the same refusal.
 */
export const writePausesMs: readonly number[] = [200, 400, 800, 1_600, 3_200, 5_000];

/** Waits after a fault that may pass, each time for longer. Throws the fault when it will not pass, or has lasted too long. */
export function createPatience(
  sleep: Sleep,
  pausesMs: readonly number[] = writePausesMs,
): (fault: unknown) => Promise<void> {
  let waits = 0;
  return async (fault) => {
    const pause = isAmbiguous(fault) ? pausesMs[waits] : undefined;
    if (pause === undefined) throw fault;
    waits += 1;
    await sleep(pause);
  };
}

function isAmbiguous(fault: unknown): boolean {
  return fault instanceof StorageFault && fault.kind === "ambiguous";
}
