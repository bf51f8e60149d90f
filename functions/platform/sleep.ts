/** Waits for a number of milliseconds; tests pass one that does not. */
export type Sleep = (ms: number) => Promise<unknown>;

/** Waits by the clock on the wall. */
export const realSleep: Sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
