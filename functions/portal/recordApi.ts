import { recordKind } from "../contracts/mapping.ts";
import type { EventSummary } from "../contracts/portal.ts";
import type { RecordState } from "../contracts/records.ts";
import type { routes } from "../contracts/routes.ts";
import { recordUrl } from "../dynamics/recordUrl.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Table } from "../platform/storage/table.ts";
import { compareStamps } from "../records/record.ts";
import type { PlatformRecord, Stamp } from "../records/record.ts";
import { readRecord } from "../records/recordStore.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { readEvents } from "../sync-log/readEvents.ts";

export interface RecordServices extends RouteServices, LogTables {
  /** The table `Records`. */
  recordTable: Table;
}

type Routes = typeof routes;

/**
 * Why a record is as it is: its fields, each with the event that it came from, and a page of the events that touched
 * it. Costs one range of rows, and a point read for each kind of record beside it.
 */
export async function getRecord(
  services: RecordServices,
  { params, query, organization }: Call<Routes["getRecord"]>,
): Promise<Reply<Routes["getRecord"]>> {
  const { id, recordId } = params;
  const [record, events] = await Promise.all([
    findRecord(services.recordTable, id, recordId),
    readEvents(services, id, { ...query, recordId }),
  ]);
  const { items, nextCursor } = events;
  const table = record?.deleted ? null : tableOf(recordId, items);
  return {
    body: {
      recordId,
      record: record && toState(record),
      dynamicsUrl: recordUrl(organization.environmentUrl, table, recordId),
      events: items,
      nextCursor,
    },
  };
}

/** The table that a record's own events name; the events of others, such as a link's, only touch it. */
function tableOf(recordId: string, events: readonly EventSummary[]): string | null {
  const own = events.find((event) => event.recordId?.toLowerCase() === recordId.toLowerCase());
  return own?.table ?? null;
}

/** Which kind an id belongs to is not known, so all are asked. Of several the one that was changed last is meant. */
async function findRecord(
  table: Table,
  organizationId: string,
  recordId: string,
): Promise<PlatformRecord | null> {
  const kinds = recordKind.options.map((kind) => readRecord(table, organizationId, kind, recordId));
  const found = (await Promise.all(kinds)).filter((record) => record !== null);
  return found.toSorted((one, other) => compareStamps(lastStamp(other), lastStamp(one)))[0] ?? null;
}

function lastStamp({ fields, deleted, createdBy }: PlatformRecord): Stamp {
  const stamps: Stamp[] = deleted ? [deleted] : Object.values(fields);
  return stamps.toSorted(compareStamps).at(-1) ?? { time: 0, rowVersion: null, eventId: createdBy };
}

function toState({ kind, externalId, deleted, fields }: PlatformRecord): RecordState {
  return {
    kind,
    recordId: externalId,
    deletedAt: toInstantOrNull(deleted?.time ?? null),
    fields: Object.entries(fields)
      .map(([field, { value, eventId, time }]) => ({ field, value, eventId, modifiedAt: toInstant(time) }))
      .toSorted((one, other) => (one.field < other.field ? -1 : 1)),
  };
}
