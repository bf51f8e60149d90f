import type { EventSummary } from "../contracts/portal.ts";
import type { Table } from "../platform/storage/table.ts";
import { summaryColumns } from "./eventRow.ts";
import { endOf, eventPrefix } from "./keys.ts";
import { readPage } from "./page.ts";
import { payloadColumnNames, readPayloadColumns } from "./payloadColumns.ts";
import type { Payload } from "./recordedEvent.ts";
import { toSummary } from "./storedEvent.ts";

/** An event with its payload; null when none was kept. */
export interface EventWithPayload {
  event: EventSummary;
  payload: Payload | null;
}

/** An organization's newest events with their payloads, newest first. One request, unless storage stops early. */
export async function readPayloads(
  table: Table,
  organizationId: string,
  limit: number,
): Promise<EventWithPayload[]> {
  const range = {
    partitionKey: organizationId,
    from: eventPrefix,
    to: endOf(eventPrefix),
    select: ["PartitionKey", "RowKey", ...summaryColumns, ...payloadColumnNames],
  };
  const { rows } = await readPage(table, range, limit, {});
  return rows.map((row) => ({ event: toSummary(row), payload: readPayloadColumns(row) }));
}
