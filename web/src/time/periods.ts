import type { Period } from "../../../functions/contracts/portal.ts";

const hour = 3_600_000;
const fiveMinutes = 300_000;

/** The rolling periods in the order in which they are shown, with their length in hours and their names. */
export const periods: readonly { period: Period; hours: number; label: string; inTheLast: string }[] = [
  { period: "1h", hours: 1, label: "Last hour", inTheLast: "in the last hour" },
  { period: "24h", hours: 24, label: "Last 24 hours", inTheLast: "in the last 24 hours" },
  { period: "7d", hours: 7 * 24, label: "Last 7 days", inTheLast: "in the last 7 days" },
  { period: "30d", hours: 30 * 24, label: "Last 30 days", inTheLast: "in the last 30 days" },
];

/** Name of a period for labels. */
export function periodLabel(period: Period): string {
  return periods.find((entry) => entry.period === period)?.label ?? period;
}

/** Whether a text from an address names a period. */
export function isPeriod(text: string | null): text is Period {
  return periods.some(({ period }) => period === text);
}

/**
 * When a period began, as the status counts it: a list that begins at the same instant shows exactly the events that
 * were counted. The last hour is counted in steps of five minutes, longer periods in whole hours up to the current one.
 */
export function periodStart(period: Period, now: number): number {
  if (period === "1h") return Math.floor((now - hour) / fiveMinutes) * fiveMinutes;
  const { hours } = periods.find((entry) => entry.period === period) ?? { hours: 24 };
  return Math.floor(now / hour) * hour - (hours - 1) * hour;
}
