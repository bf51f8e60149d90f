import { mappingCodes } from "../contracts/mapping.ts";
import type { MappingDryRunRequest } from "../contracts/mapping.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { readEvents } from "../sync-log/readEvents.ts";
import { findWithPayload, readPayloads, readPayloadsOf } from "../sync-log/readPayloads.ts";
import type { EventWithPayload } from "../sync-log/readPayloads.ts";

/** The events of a trial, and whether more failed than it reads. */
interface TriedEvents {
  events: EventWithPayload[];
  more: boolean;
}

/**
 * The stored events that a trial of a mapping asks for: first the one that it is to include, then the newest of the
 * others. The newest events are one request. Failed ones are a page of the log for each code and a point read for
 * each event, since only the event's own row has its payload.
 */
export async function triedEvents(
  tables: LogTables,
  organizationId: string,
  { of, events: limit, including }: Pick<MappingDryRunRequest, "of" | "events" | "including">,
): Promise<TriedEvents> {
  const [first, { events, more }] = await Promise.all([
    including === undefined ? null : findWithPayload(tables.syncLog, organizationId, including),
    of === "failed" ? readFailed(tables, organizationId, limit) : readNewest(tables, organizationId, limit),
  ]);
  if (!first) return { events, more };
  const others = events.filter(({ event }) => event.eventId !== first.event.eventId);
  const fitting = others.slice(0, limit - 1);
  return { events: [first, ...fitting], more: more || (of === "failed" && fitting.length < others.length) };
}

async function readNewest(
  { syncLog }: LogTables,
  organizationId: string,
  limit: number,
): Promise<TriedEvents> {
  return { events: await readPayloads(syncLog, organizationId, limit), more: false };
}

async function readFailed(tables: LogTables, organizationId: string, limit: number): Promise<TriedEvents> {
  const pages = await Promise.all(
    mappingCodes.map((code) => readEvents(tables, organizationId, { outcome: "error", code, limit })),
  );
  const found = pages
    .flatMap(({ items }) => items)
    .sort((one, other) => Date.parse(other.receivedAt) - Date.parse(one.receivedAt));
  const newest = found.slice(0, limit);
  return {
    events: await readPayloadsOf(tables.syncLog, organizationId, newest),
    more: newest.length < found.length || pages.some(({ nextCursor }) => nextCursor !== null),
  };
}
