import { clockTime, shortRange, shortTime } from "../time/format.ts";
import type { RejectionPeriod } from "./queries.ts";

const hour = 3_600_000;
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** How a slot of the history is called: the local hour, or the day in UTC, as days are counted. */
export function slotLabel(from: string, period: RejectionPeriod): { short: string; long: string } {
  const at = Date.parse(from);
  if (period === "30d") return { short: day.format(at), long: `${day.format(at)} (UTC)` };
  return { short: clockTime(at), long: shortRange(at, at + hour) };
}

/** How a slot is called in a table. */
export function slotHead(from: string, period: RejectionPeriod): string {
  return period === "30d" ? slotLabel(from, period).long : shortTime(Date.parse(from));
}
