import type { EventDetail } from "../contracts/portal.ts";
import type { Table } from "../platform/storage/table.ts";
import { detailColumns } from "./eventRow.ts";
import { findEvent } from "./lookUp.ts";
import { payloadColumnNames, readPayloadColumns } from "./payloadColumns.ts";
import type { Payload } from "./recordedEvent.ts";
import { toDetail } from "./storedEvent.ts";

/** Everything about one event but its payload; null when it is not recorded (or no longer kept). Two point reads. */
export async function readEvent(
  table: Table,
  organizationId: string,
  eventId: string,
): Promise<EventDetail | null> {
  const row = await findEvent(table, organizationId, eventId, detailColumns);
  return row === null ? null : toDetail(row);
}

/** An event's payload as it was received, or the name of the blob that has it; null when there is none. Two point reads. */
export async function readPayload(
  table: Table,
  organizationId: string,
  eventId: string,
): Promise<Payload | null> {
  const row = await findEvent(table, organizationId, eventId, payloadColumnNames);
  return row === null ? null : readPayloadColumns(row);
}
