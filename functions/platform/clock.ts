/** Tells the time in milliseconds since 1970 UTC. Passed in, so that tests decide what time it is. */
export type Clock = () => number;

/** Milliseconds of an hour. */
export const hourMs = 3_600_000;
/** Milliseconds of a UTC day. */
export const dayMs = 24 * hourMs;

export const systemClock: Clock = () => Date.now();

/** Milliseconds as the ISO 8601 text of the API: UTC, with milliseconds. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** As {@link toInstant}; null stays null. */
export function toInstantOrNull(ms: number | null): string | null {
  return ms === null ? null : toInstant(ms);
}
