/** Time as the broker sees it, so that tests can let an hour pass at once. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Runs `callback` once after `milliseconds`; the returned function cancels. */
  after: (milliseconds: number, callback: () => void) => () => void;
};

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
