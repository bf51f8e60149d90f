import type { EventSummary } from "../contracts/portal.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";
import { summaryColumns } from "./eventRow.ts";
import { endOf, eventKey, eventPrefix } from "./keys.ts";
import { findEvent } from "./lookUp.ts";
import { readPage } from "./page.ts";
import { payloadColumnNames, readPayloadColumns } from "./payloadColumns.ts";
import type { Payload } from "./recordedEvent.ts";
import { toSummary } from "./storedEvent.ts";

/** An event with its payload; null when none was kept. */
export interface EventWithPayload {
  event: EventSummary;
  payload: Payload | null;
}

const columns = [...summaryColumns, ...payloadColumnNames];
/** Reads side by side. */
const concurrency = 25;

/** An organization's newest events with their payloads, newest first. One request, unless storage stops early. */
export async function readPayloads(
  table: Table,
  organizationId: string,
  limit: number,
): Promise<EventWithPayload[]> {
  const [from, to] = [eventPrefix, endOf(eventPrefix)];
  const range = { partitionKey: organizationId, from, to, select: columns };
  const { rows } = await readPage(table, range, limit, {});
  return rows.map(withPayload);
}

/** Events with their payloads, in the order given; those that are no longer kept are left out. A point read each. */
export async function readPayloadsOf(
  table: Table,
  organizationId: string,
  events: readonly EventSummary[],
): Promise<EventWithPayload[]> {
  const rows: (StoredRow | null)[] = events.map(() => null);
  await forEachLimited([...events.entries()], concurrency, async ([index, { eventId, receivedAt }]) => {
    const key = eventKey(Date.parse(receivedAt), eventId);
    rows[index] = await table.get(organizationId, key, columns);
  });
  return rows.filter((row) => row !== null).map(withPayload);
}

/** One event with its payload; null when it is not recorded (or no longer kept). Two point reads. */
export async function findWithPayload(
  table: Table,
  organizationId: string,
  eventId: string,
): Promise<EventWithPayload | null> {
  const row = await findEvent(table, organizationId, eventId, columns);
  return row && withPayload(row);
}

function withPayload(row: StoredRow): EventWithPayload {
  return { event: toSummary(row), payload: readPayloadColumns(row) };
}
