import { outcomeLabel } from "../components/outcomes.ts";
import { shortRange, shortTime } from "../time/format.ts";
import { periodLabel } from "../time/periods.ts";
import type { EventFilter } from "./eventFilter.ts";

/** How the filter's values read on its pills; null where nothing is narrowed. */
export function filterLabels({ outcome, time }: EventFilter): {
  outcome: string | null;
  time: string | null;
} {
  return { outcome: outcome && outcomeLabel[outcome], time: time && timeLabel(time) };
}

function timeLabel(time: NonNullable<EventFilter["time"]>): string | null {
  if ("period" in time) return periodLabel(time.period);
  const { from, to } = time;
  if (from !== null && to !== null) return shortRange(from, to);
  if (from !== null) return `Since ${shortTime(from)}`;
  return to === null ? null : `Until ${shortTime(to)}`;
}
