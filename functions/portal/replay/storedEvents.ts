import type { InvocationContext } from "@azure/functions";
import type { MappingSet } from "../../contracts/mapping.ts";
import type { EventDetail } from "../../contracts/portal.ts";
import { forEachLimited } from "../../platform/forEachLimited.ts";
import type { StoredRow, Table } from "../../platform/storage/table.ts";
import { eventKey } from "../../sync-log/keys.ts";
import { readPayloadColumns } from "../../sync-log/payloadColumns.ts";
import { toDetail } from "../../sync-log/storedEvent.ts";
import type { EventMessage } from "../eventMessage.ts";
import type { OversizeStore } from "../oversize.ts";
import { understand } from "../understand.ts";
import { readsAtOnce } from "./replayServices.ts";

/** An event as it stands in the log, and the message that would run it again. */
export interface StoredEvent {
  detail: EventDetail;
  /** Its next attempt, as a replay. */
  message: EventMessage;
}

/** Reads events with their payloads: one point read each. An event that is no longer kept is null, in its place. */
export async function readStoredEvents(
  table: Table,
  organizationId: string,
  events: readonly { eventId: string; receivedAt: number }[],
): Promise<(StoredEvent | null)[]> {
  const found: (StoredEvent | null)[] = events.map(() => null);
  await forEachLimited([...events.entries()], readsAtOnce, async ([index, { eventId, receivedAt }]) => {
    const row = await table.get(organizationId, eventKey(receivedAt, eventId));
    if (row) found[index] = toStoredEvent(row);
  });
  return found;
}

function toStoredEvent(row: StoredRow): StoredEvent {
  const detail = toDetail(row);
  const payload = readPayloadColumns(row);
  const { organizationId, eventId, eventType, table, recordId, attempts } = detail;
  const message: EventMessage = {
    ...{ organizationId, eventId, eventType, table, recordId },
    receivedAt: Date.parse(detail.receivedAt),
    attempt: attempts + 1,
    firstTry: attempts + 1,
    kind: "replay",
    bytes: detail.payloadBytes,
    blob: payload && "blob" in payload ? payload.blob : null,
    content: payload && "gzip" in payload ? Buffer.from(payload.gzip) : null,
  };
  return { detail, message };
}

/** The version of the record that an event tells of: what orders it among others. Time in milliseconds since 1970 UTC. */
export async function versionOf(
  { detail, message }: StoredEvent,
  services: { oversize: OversizeStore; mappings: MappingSet; now: number },
  context: Pick<InvocationContext, "info" | "warn" | "error" | "invocationId">,
): Promise<{ time: number; rowVersion: number | null }> {
  const { next } = await understand(message, { ...services, paused: false }, context);
  const [change] = "changes" in next ? next.changes : [];
  if (change) return { time: change.time, rowVersion: change.rowVersion };
  return { time: Date.parse(detail.operationCreatedAt ?? detail.receivedAt), rowVersion: null };
}
