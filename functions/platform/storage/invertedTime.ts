/** The last millisecond that 13 digits hold: in the year 2286. */
const latestTime = 9_999_999_999_999;

/** Milliseconds since 1970 turned round, 13 digits: the later, the smaller, so that keys sort newest first. */
export function invertedTime(ms: number): string {
  return String(latestTime - ms).padStart(13, "0");
}

/** Back from {@link invertedTime}, which may begin a longer text. */
export function timeOf(inverted: string): number {
  return latestTime - Number(inverted.slice(0, 13));
}
