const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const units = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
  { unit: "second", seconds: 1 },
] as const;

const dateOnly = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const toTheSecond = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithZone = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZoneName: "short",
});
const hour = 3_600_000;

/** "3 minutes ago"; a clock that is a little behind the server's reads "just now"; after 30 days the date. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  if (seconds < 5) return "just now";
  const { unit, count } = inLargestUnit(seconds);
  return unit === "day" && count >= 30 ? dateOnly.format(at) : relative.format(-count, unit);
}

/** "in 3 minutes" for what is due; "now" when it is due or past. */
export function timeUntil(at: number, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  if (seconds < 1) return "now";
  const { unit, count } = inLargestUnit(seconds);
  return relative.format(count, unit);
}

/** A span of time in its largest unit: "90 seconds" is "1 minute". */
export function duration(seconds: number): string {
  return inWords(inLargestUnit(Math.max(0, Math.round(seconds))));
}

/** A span of time in its largest unit, rounded up, for what says "at most": "90 seconds" is "2 minutes". */
export function durationAtMost(seconds: number): string {
  return inWords(inLargestUnit(Math.max(0, Math.ceil(seconds)), Math.ceil));
}

interface Count {
  unit: "day" | "hour" | "minute" | "second";
  count: number;
}

function inLargestUnit(total: number, round = Math.floor): Count {
  const { unit, seconds } = units.find(({ seconds }) => total >= seconds) ?? units[3];
  return { unit, count: round(total / seconds) };
}

function inWords({ unit, count }: Count): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** The exact time where the reader is, with its zone. */
export function localTime(at: number): string {
  return toTheSecond.format(at);
}

/** The exact time in UTC, as logs write it. */
export function utcTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** A short local time for labels: day, month, hour and minute, and the year when it is not the current one. */
export function shortTime(at: number, now = Date.now()): string {
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return `${(thisYear ? dayAndMonth : dateOnly).format(at)}, ${clockTime(at)}`;
}

/** Hour and minute where the reader is. When the clock is put back it shows an hour twice; only the zone tells the two apart. */
export function clockTime(at: number): string {
  const text = clock.format(at);
  const twice = [at - hour, at + hour].some((other) => clock.format(other) === text);
  return twice ? clockWithZone.format(at) : text;
}

/** A local range for labels; the day is said once when both ends share it. */
export function shortRange(from: number, to: number, now = Date.now()): string {
  const sameDay = dateOnly.format(from) === dateOnly.format(to);
  return `${shortTime(from, now)} – ${sameDay ? clockTime(to) : shortTime(to, now)}`;
}

/** A short span as machines measure it: "3.2 ms", "410 ms", "1.5 s". */
export function milliseconds(span: number): string {
  if (span >= 1000) return span >= 60_000 ? duration(span / 1000) : `${Number((span / 1000).toFixed(1))} s`;
  return `${Number(span.toFixed(span < 10 ? 1 : 0))} ms`;
}
