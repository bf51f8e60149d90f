/**
 * How long a server asks to wait, in milliseconds, in each of the forms in which it may say so: seconds or
 * a date in `Retry-After`, or milliseconds in the headers of Azure services. Null when it does not say; a
 * date that has passed means 0.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  for (const name of ["retry-after-ms", "x-ms-retry-after-ms"]) {
    const ms = Number(headers.get(name) ?? Number.NaN);
    if (Number.isFinite(ms) && ms >= 0) return ms;
  }
  const text = headers.get("retry-after")?.trim();
  if (!text) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
