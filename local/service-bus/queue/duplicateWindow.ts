/** Remembers message ids for the duplicate detection window of a queue. */
type DuplicateWindow = {
  /** True, and remembered, when the id was not seen within the window; false for a duplicate. */
  admit: (messageId: string, now: number) => boolean;
  /** Puts back what was remembered before a restart, oldest first. */
  restore: (messageId: string, at: number) => void;
};

/** What the window keeps on disk: appended in time order, dropped from the old end. */
export type DuplicateLog = {
  remember: (messageId: string, at: number) => void;
  forgetBefore: (time: number) => void;
};

/** Ids past the window are dropped in rounds: this often per window, and at most once a second. */
const ROUNDS_PER_WINDOW = 100;

/** Creates the window of a queue; without `windowMs` nothing is ever a duplicate. */
export function createDuplicateWindow(windowMs: number | undefined, log: DuplicateLog): DuplicateWindow {
  if (windowMs === undefined) return { admit: () => true, restore: () => {} };
  /** A Map keeps insertion order, which is time order here: the oldest id is always the first. */
  const seenAt = new Map<string, number>();
  let nextRound = 0;

  const restore = (messageId: string, at: number) => {
    seenAt.delete(messageId);
    seenAt.set(messageId, at);
  };

  const forget = (now: number) => {
    const cutoff = now - windowMs;
    nextRound = now + Math.max(1000, windowMs / ROUNDS_PER_WINDOW);
    const before = seenAt.size;
    for (const [messageId, at] of seenAt) {
      if (at > cutoff) break;
      seenAt.delete(messageId);
    }
    if (seenAt.size < before) log.forgetBefore(cutoff);
  };

  return {
    restore,
    admit(messageId, now) {
      if (now >= nextRound) forget(now);
      const at = seenAt.get(messageId);
      if (at !== undefined && at > now - windowMs) return false;
      restore(messageId, now);
      log.remember(messageId, now);
      return true;
    },
  };
}
