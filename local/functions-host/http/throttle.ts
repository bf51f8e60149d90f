/** Limits how many requests run and wait, as `extensions.http` of host.json says. */
interface Throttle {
  /** Runs `task` now or when its turn comes. Returns undefined, without running it, when too many are held. */
  run: (task: () => Promise<void>) => Promise<void> | undefined;
}

/** -1 stands for no limit; without any limit tasks simply run. */
export function createThrottle(maxOutstanding: number, maxConcurrent: number): Throttle {
  const outstandingLimit = maxOutstanding === -1 ? Number.POSITIVE_INFINITY : maxOutstanding;
  const concurrentLimit = maxConcurrent === -1 ? Number.POSITIVE_INFINITY : maxConcurrent;
  const waiting: (() => void)[] = [];
  let outstanding = 0;
  let running = 0;

  async function runHeld(task: () => Promise<void>): Promise<void> {
    try {
      if (running >= concurrentLimit) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      await task();
    } finally {
      outstanding -= 1;
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    run(task) {
      if (outstanding >= outstandingLimit) return undefined;
      outstanding += 1;
      return runHeld(task);
    },
  };
}
