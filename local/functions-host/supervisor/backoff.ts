/** How long to wait before the next start of an app that ended by itself. */
interface Backoff {
  /** Milliseconds; grows while the app keeps ending soon after its start. */
  next: (uptimeMs: number) => number;
}

const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** An app that ran this long is not in a crash loop. */
const STABLE_MS = 10_000;

/** The first restart after a stable run is immediate. */
export function createBackoff(): Backoff {
  let delay = 0;
  return {
    next(uptimeMs) {
      if (uptimeMs >= STABLE_MS) delay = 0;
      const current = delay;
      delay = Math.min(delay === 0 ? FIRST_MS : delay * 2, LONGEST_MS);
      return current;
    },
  };
}
