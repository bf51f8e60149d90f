/** The last millisecond that 13 digits hold: in the year 2286. */
const latestTime = 9_999_999_999_999;

/**
 * Milliseconds since 1970 turned round, 13 digits: the later, the smaller, so that keys sort newest first. A time before
 * 1970 counts as its beginning, one too late for 13 digits as the last that they hold.
 */
export function invertedTime(ms: number): string {
  const held = Math.min(Math.max(ms, 0), latestTime);
  return String(latestTime - held).padStart(13, "0");
}

/** Back from {@link invertedTime}, which may begin a longer text. */
export function timeOf(inverted: string): number {
  return latestTime - Number(inverted.slice(0, 13));
}
