import type { AlertDelivery } from "../contracts/alerts.ts";
import { dayMs } from "../platform/clock.ts";
import { invertedTime } from "../platform/storage/invertedTime.ts";
import { readRange } from "../platform/storage/readRange.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { StoredRow, Table, Write } from "../platform/storage/table.ts";

/** Rows of deliveries sort after the row of the rules, the newest first. */
const prefix = "~|";
const end = "~}";
/** How long a sending is remembered. */
const deliveryKeptMs = 90 * dayMs;
const maxDeletions = 100;

/** The write that logs one try at telling an organization's channel; `id` is the same however often it is repeated. */
export function deliveryWrite(organizationId: string, delivery: AlertDelivery): Write {
  const { id, at } = delivery;
  const rowKey = `${prefix}${invertedTime(Date.parse(at))}|${id}`;
  return {
    kind: "upsert",
    row: { partitionKey: organizationId, rowKey, delivery: JSON.stringify(delivery) },
  };
}

/** The last deliveries of an organization, newest first, none older than they are kept. */
export async function readDeliveries(
  table: Table,
  organizationId: string,
  limit: number,
  now: number,
): Promise<AlertDelivery[]> {
  const kept = { partitionKey: organizationId, from: prefix, to: outdatedFrom(now) };
  const rows = await readRange(table, kept, limit);
  return rows.map((row) => JSON.parse(String(row["delivery"])) as AlertDelivery);
}

/** Removes the deliveries of an organization that need not be kept any longer. May be repeated and interrupted. */
export async function purgeDeliveries(table: Table, organizationId: string, now: number): Promise<void> {
  const from = outdatedFrom(now);
  for (;;) {
    const { rows, continuation } = await table.range({
      partitionKey: organizationId,
      ...{ from, to: end, select: ["delivery"], limit: maxDeletions },
    });
    if (rows.length > 0) await removeAll(table, rows);
    if (continuation === null || rows.length === 0) return;
  }
}

/** First key of what is older than it is kept. */
function outdatedFrom(now: number): string {
  return `${prefix}${invertedTime(now - deliveryKeptMs)}}`;
}

async function removeAll(table: Table, rows: readonly StoredRow[]): Promise<void> {
  try {
    await table.submit(
      rows.map(({ partitionKey, rowKey }) => ({ kind: "delete", row: { partitionKey, rowKey } })),
    );
  } catch (fault) {
    // Another process removes them as well.
    if (!(fault instanceof StorageFault && fault.kind === "conflict")) throw fault;
  }
}
