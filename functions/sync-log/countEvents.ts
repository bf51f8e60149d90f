import type { Outcome } from "../contracts/common.ts";
import { dayMs, hourMs } from "../platform/clock.ts";
import { readRange } from "../platform/storage/readRange.ts";
import type { Table } from "../platform/storage/table.ts";
import { countIn, hourColumn, outcomes } from "./counters.ts";
import { dayPrefix, endOf } from "./keys.ts";

/**
 * About how many events were received in the hours from `from` until `to` (milliseconds since 1970 UTC), from the
 * counters alone: both hours count whole. One request for each thousand counter rows, of which a day has up to four of
 * events and four of rejections.
 */
export async function countEvents(
  table: Table,
  organizationId: string,
  { from, to, outcome }: { from: number; to: number; outcome?: Outcome | undefined },
): Promise<number> {
  const hours = Math.floor(to / hourMs) - Math.floor(from / hourMs) + 1;
  if (hours <= 0) return 0;
  const rows = await readRange(table, {
    partitionKey: organizationId,
    from: dayPrefix(to),
    to: endOf(dayPrefix(from)),
  });
  const byDay = Map.groupBy(rows, ({ rowKey }) => rowKey.slice(0, dayPrefix(from).length));
  const counted = outcome === undefined ? outcomes : [outcome];
  let count = 0;
  for (let day = Math.floor(from / dayMs) * dayMs; day <= to; day += dayMs) {
    const first = Math.max(day, Math.floor(from / hourMs) * hourMs);
    const last = Math.min(day + dayMs - 1, to);
    for (const row of byDay.get(dayPrefix(day)) ?? [])
      for (let hour = first; hour <= last; hour += hourMs)
        for (const name of counted) count += countIn(row, hourColumn(name, hour));
  }
  return count;
}
