import { outcomeCatalogue } from "../../../functions/contracts/outcomes.ts";
import { outcomeLabel } from "../components/outcomes.ts";
import { shortRange, shortTime } from "../time/format.ts";
import { periodLabel } from "../time/periods.ts";
import type { EventFilter } from "./eventFilter.ts";

/** How the filter's values read on its pills; null where nothing is narrowed. */
export function filterLabels({ outcome, code, time }: EventFilter): {
  outcome: string | null;
  code: string | null;
  time: string | null;
} {
  return {
    outcome: outcome && outcomeLabel[outcome],
    code: code && outcomeCatalogue[code].title,
    time: time && timeLabel(time),
  };
}

function timeLabel(time: NonNullable<EventFilter["time"]>): string | null {
  if ("period" in time) return periodLabel(time.period);
  const { from, to } = time;
  if (from !== null && to !== null) return shortRange(from, to);
  if (from !== null) return `Since ${shortTime(from)}`;
  return to === null ? null : `Until ${shortTime(to)}`;
}
