import { guid } from "../contracts/common.ts";
import type { EventFilter, EventPage, EventQuery } from "../contracts/portal.ts";
import { parseCursor } from "./cursor.ts";
import { eventRange, matches } from "./eventRange.ts";
import { endOf, recordPrefix } from "./keys.ts";
import type { LogTables } from "./logTables.ts";
import { findEvent } from "./lookUp.ts";
import { readPage } from "./page.ts";
import { indexableColumns } from "./recordRows.ts";
import { toSummary } from "./storedEvent.ts";

const eventIdPattern = /^[0-9a-f]{32}$/i;

/**
 * A page of an organization's event log, newest first; events that come in while someone pages shift nothing. A page
 * costs one request, also for one record, one outcome or one code. Where storage may have to pass over many rows that
 * do not match (by type, by a rare code, by success, by `q`) it ends after five requests: the page can then be short,
 * even empty, and still have a `nextCursor`.
 *
 * `from` is inclusive, `to` exclusive, both by the time received. `q` finds an event by its exact event id, record id,
 * correlation id or code, or by the beginning of its type (`contact`, `contact.Up`; capitals count).
 * Throws 400 `cursor.invalid`.
 */
export async function readEvents(
  tables: LogTables,
  organizationId: string,
  query: EventQuery,
): Promise<EventPage> {
  const cursor = parseCursor(query.cursor);
  if (query.cursor === undefined && eventIdPattern.test(query.q ?? "")) {
    const eventId = String(query.q).toLowerCase();
    const row = await findEvent(tables.syncLog, organizationId, eventId, indexableColumns);
    // When there is none the search goes on: a correlation id can look the same.
    if (row) return { items: matches(row, query) ? [toSummary(row)] : [], nextCursor: null };
  }
  const filter = await withRecord(tables, organizationId, query);
  const begin = cursor.after === undefined ? undefined : { position: cursor.after, inclusive: false };
  const { table, range } = eventRange(tables, organizationId, filter, begin);
  const page = await readPage(table, range, query.limit, cursor);
  return { items: page.rows.map(toSummary), nextCursor: page.nextCursor };
}

/** A search for the id of a record that has a history is the filter by that record. */
async function withRecord(
  { recordEvents }: LogTables,
  organizationId: string,
  query: EventFilter,
): Promise<EventFilter> {
  const { q, recordId } = query;
  if (q === undefined || recordId !== undefined || !guid.safeParse(q).success) return query;
  const [from, to] = [recordPrefix(q), endOf(recordPrefix(q))];
  const range = { partitionKey: organizationId, from, to, select: ["attempts"], limit: 1 };
  const { rows } = await recordEvents.range(range);
  return rows.length === 0 ? query : { ...query, recordId: q, q: undefined };
}
