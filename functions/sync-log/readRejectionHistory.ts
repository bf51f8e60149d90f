import type { RejectionHistory } from "../contracts/rejections.ts";
import { dayMs, hourMs, toInstant } from "../platform/clock.ts";
import { readRange } from "../platform/storage/readRange.ts";
import type { Table } from "../platform/storage/table.ts";
import { dayPrefix, endOf } from "./keys.ts";
import { rejectionCounts } from "./rejectionCounts.ts";

/**
 * An organization's refused requests by reason, oldest first: by hour (UTC), the current one being the last of 24, or
 * by UTC day, today being the last of 30. A reason without any in a slot is left out of it. One request: the counter
 * rows of the days lie next to each other.
 */
export async function readRejectionHistory(
  table: Table,
  organizationId: string,
  period: "24h" | "30d",
  now: number,
): Promise<RejectionHistory> {
  const [slotMs, slots] = period === "24h" ? [hourMs, 24] : [dayMs, 30];
  const last = Math.floor(now / slotMs) * slotMs;
  const oldest = last - (slots - 1) * slotMs;
  const range = { partitionKey: organizationId, from: dayPrefix(now), to: endOf(dayPrefix(oldest)) };
  const rows = await readRange(table, range);
  const byDay = Map.groupBy(rows, ({ rowKey }) => rowKey.slice(0, dayPrefix(now).length));
  const rowsOf = (hour: number) => byDay.get(dayPrefix(hour)) ?? [];
  const slotAt = (from: number) => {
    const hours = Array.from({ length: slotMs / hourMs }, (_, hour) => from + hour * hourMs);
    return { from: toInstant(from), counts: rejectionCounts(hours, rowsOf) };
  };
  return { slots: Array.from({ length: slots }, (_, index) => slotAt(oldest + index * slotMs)) };
}
