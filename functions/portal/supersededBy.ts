import type { EventDetail, OpenedEvent } from "../contracts/portal.ts";
import { toInstant } from "../platform/clock.ts";
import type { Table } from "../platform/storage/table.ts";
import type { Mappings } from "../records/mappingProvider.ts";
import { readRecord } from "../records/recordStore.ts";
import { supersedingChange } from "../records/supersedingChange.ts";
import { readPayloadsOf } from "../sync-log/readPayloads.ts";
import { contextOf } from "./dryRunMapping.ts";
import type { OversizeStore } from "./oversize.ts";

/** What {@link supersededBy} reads. */
export interface SupersededServices {
  syncLog: Table;
  /** The table `Records`. */
  recordTable: Table;
  mappings: Pick<Mappings, "of">;
  oversize: Pick<OversizeStore, "get">;
}

/**
 * The change that left nothing to do of an event that failed and is not tried again by itself; null for any other
 * event. It is told from the record, whose fields name the change that they come from, so the length of the record's
 * history does not matter: a point read of the record and one of the payload, and a blob when the event is oversize.
 * Throws `StorageFault`.
 */
export async function supersededBy(
  { syncLog, recordTable, mappings, oversize }: SupersededServices,
  event: EventDetail,
): Promise<OpenedEvent["supersededBy"]> {
  const { organizationId, eventType, recordId, receivedAt, operationCreatedAt } = event;
  if (event.outcome !== "error" || event.nextAttemptAt !== null || recordId === null) return null;
  const mapping = (await mappings.of(organizationId)).find(({ table }) => table === event.table);
  const record = mapping && (await readRecord(recordTable, organizationId, mapping.kind, recordId));
  if (!mapping || !record) return null;
  const [kept] = await readPayloadsOf(syncLog, organizationId, [event]);
  const context = await contextOf({ payload: kept?.payload ?? null }, oversize);
  const time = Date.parse(operationCreatedAt ?? receivedAt);
  const change = supersedingChange(record, mapping, { eventType, time, context });
  return change && { eventId: change.eventId, changedAt: toInstant(change.time) };
}
