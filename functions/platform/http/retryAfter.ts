import { hourMs } from "../clock.ts";

/** Nobody is believed who asks for more: what is asked again after an hour can be told to wait again. */
const maxWaitMs = hourMs;

/**
 * How long a server asks to wait, in milliseconds, in each of the forms in which it may say so: seconds or
 * a date in `Retry-After`, or milliseconds in the headers of Azure services. Null when it does not say; a
 * date that has passed means 0, and more than an hour counts as an hour.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const asked =
    numberIn(headers, "retry-after-ms") ??
    numberIn(headers, "x-ms-retry-after-ms") ??
    secondsToMs(numberIn(headers, "retry-after")) ??
    msUntil(headers.get("retry-after"), now);
  return asked === null ? null : Math.min(Math.max(asked, 0), maxWaitMs);
}

function numberIn(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim() ?? "";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function secondsToMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

function msUntil(date: string | null, now: number): number | null {
  const at = Date.parse(date ?? "");
  return Number.isNaN(at) ? null : at - now;
}
