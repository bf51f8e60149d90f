import type { StoredRow, Value } from "../platform/storage/table.ts";
import { keptMs, slotMs, slotStart } from "./latest.ts";

/** Rejections by slot of five minutes: number of the slot since 1970 → count. */
type Slots = Record<string, number>;

/** The column of a day's rejection row after rejections at these times; slots that are too old to serve go. */
export function countedSlots(column: Value, times: readonly number[]): string {
  const slots = { ...read(column) };
  for (const at of times) {
    const slot = String(slotStart(at) / slotMs);
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  const newest = Math.max(...Object.keys(slots).map(Number));
  const kept = Object.entries(slots).filter(([slot]) => Number(slot) > newest - keptMs / slotMs);
  return JSON.stringify(Object.fromEntries(kept));
}

/** Rejections in these counter rows from the start of a slot on. Rows of other counters have none. */
export function rejectionsFrom(rows: readonly StoredRow[], from: number): number {
  const slots = rows.flatMap((row) => Object.entries(read(row["slots"])));
  return slots.reduce((sum, [slot, count]) => (Number(slot) * slotMs >= from ? sum + count : sum), 0);
}

function read(column: Value): Slots {
  return typeof column === "string" ? (JSON.parse(column) as Slots) : {};
}
