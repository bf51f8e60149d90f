import type { Outcome, OutcomeCounts } from "../contracts/common.ts";
import type { StoredRow, Value } from "../platform/storage/table.ts";

/** Every outcome, as columns and counts are named. */
export const outcomes: readonly Outcome[] = ["success", "error", "skipped"];

/** Counts to add, by column. A shard's own count may be negative: only the sum over the shards is a number of events. */
export type Deltas = Map<string, number>;

/** Column of a day's counter row: what is counted, and the UTC hour, such as `success07`. */
export function hourColumn(name: string, ms: number): string {
  return `${name}${String(new Date(ms).getUTCHours()).padStart(2, "0")}`;
}

/** Adds to the count of a key. */
export function addTo<K>(counts: Map<K, number>, key: K, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

/** The columns that a write of deltas changes, with their new values. */
export function countedColumns(base: Readonly<Record<string, Value>>, deltas: Deltas): Record<string, Value> {
  const changed = [...deltas].filter(([, amount]) => amount !== 0);
  return Object.fromEntries(changed.map(([column, amount]) => [column, Number(base[column] ?? 0) + amount]));
}

/** Counts to start from. */
export function noCounts(): OutcomeCounts {
  return { success: 0, error: 0, skipped: 0 };
}

/** A count out of a counter row. */
export function countIn(row: StoredRow, column: string): number {
  return Number(row[column] ?? 0);
}
