import type { EventSummary } from "../../contracts/portal.ts";
import type { ReplaySelection } from "../../contracts/replays.ts";
import { toInstant } from "../../platform/clock.ts";
import { forEachLimited } from "../../platform/forEachLimited.ts";
import { summaryColumns } from "../../sync-log/eventRow.ts";
import type { LogTables } from "../../sync-log/logTables.ts";
import { findEvent } from "../../sync-log/lookUp.ts";
import { readEvents } from "../../sync-log/readEvents.ts";
import { readHeld } from "../../sync-log/readHeld.ts";
import { toSummary } from "../../sync-log/storedEvent.ts";
import { readsAtOnce } from "./replayServices.ts";

/** Some events of a selection, and where to read on; `next` is null after the last ones. */
interface SelectedPage {
  items: EventSummary[];
  next: string | null;
}

/** Reads a page of a selection from `cursor` on; `before` (milliseconds since 1970 UTC) fixes a filter at its start. */
export async function readSelected(
  tables: LogTables,
  organizationId: string,
  selection: ReplaySelection,
  { before, limit, cursor }: { before: number; limit: number; cursor: string | null },
): Promise<SelectedPage> {
  if ("eventIds" in selection) return readNamed(tables, organizationId, selection.eventIds, limit, cursor);
  const { filter } = selection;
  const to = toInstant(filter.to === undefined ? before : Math.min(before, Date.parse(filter.to)));
  const query = { ...filter, to, limit, ...(cursor === null ? {} : { cursor }) };
  const { items, nextCursor } = await readEvents(tables, organizationId, query);
  return { items, next: nextCursor };
}

async function readNamed(
  { syncLog }: LogTables,
  organizationId: string,
  eventIds: readonly string[],
  limit: number,
  cursor: string | null,
): Promise<SelectedPage> {
  const start = Number(cursor ?? 0);
  const all = [...new Set(eventIds)];
  const found: EventSummary[] = [];
  await forEachLimited(all.slice(start, start + limit), readsAtOnce, async (eventId) => {
    const row = await findEvent(syncLog, organizationId, eventId, summaryColumns);
    if (row) found.push(toSummary(row));
  });
  const next = start + limit < all.length ? String(start + limit) : null;
  return { items: found, next };
}

/** Reads a page of the events that are held. Those that come while it is read are found by looking again. */
export async function readHeldPage(
  { syncLog }: LogTables,
  organizationId: string,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<SelectedPage> {
  const begin = cursor === null ? null : (JSON.parse(cursor) as Pick<EventSummary, "receivedAt" | "eventId">);
  const { items, more } = await readHeld(syncLog, organizationId, { limit, begin });
  const last = items.at(-1);
  if (!more || !last) return { items, next: null };
  return { items, next: JSON.stringify({ receivedAt: last.receivedAt, eventId: last.eventId }) };
}

/** A selection in words, for the audit log. */
export function describeSelection(selection: ReplaySelection): string {
  if ("eventIds" in selection) {
    const [first = "", ...others] = selection.eventIds;
    return others.length === 0 ? `Event ${first}` : `${selection.eventIds.length} chosen events`;
  }
  const parts = Object.entries(selection.filter).map(([name, value]) => `${name} ${String(value)}`);
  return parts.length === 0 ? "All events" : `Events with ${parts.join(", ")}`;
}
