import type { Table } from "../platform/storage/table.ts";

/** Partition of table `Alerts` for what belongs to no organization; no organization's id is a hyphen. */
export const platformPartition = "-";
const rowKey = "check";

/** A check that is older than this tells nothing any more: the timer runs every minute. */
export const maxCheckAgeMs = 10 * 60_000;

/** Notes that all rules were checked, in milliseconds since 1970 UTC. */
export async function noteCheck(table: Table, at: number): Promise<void> {
  await table.submit([{ kind: "upsert", row: { partitionKey: platformPartition, rowKey, at } }]);
}

/** When all rules were last checked; null for never. */
export async function readLastCheck(table: Table): Promise<number | null> {
  const row = await table.get(platformPartition, rowKey);
  return row ? Number(row["at"]) : null;
}
