import type { EventPage, EventQuery } from "../contracts/portal.ts";
import type { Table } from "../platform/storage/table.ts";
import { parseCursor } from "./cursor.ts";
import { eventRange, matches } from "./eventRange.ts";
import { summaryColumns } from "./eventRow.ts";
import { findEvent } from "./lookUp.ts";
import { readPage } from "./page.ts";
import { toSummary } from "./storedEvent.ts";

const eventIdPattern = /^[0-9a-f]{32}$/i;

/**
 * A page of an organization's event log, newest first; events that come in while someone pages shift nothing. A page
 * costs one request, except for searches by type, record or `q` and for successes only, where storage may have to
 * pass over many rows: then the page can be short, even empty, and still have a `nextCursor`.
 *
 * `from` is inclusive, `to` exclusive, both by the time received. `q` finds an event by its exact event id, record id,
 * correlation id or code, or by the beginning of its type (`contact`, `contact.Up`; capitals count).
 * Throws InvalidCursor.
 */
export async function readEvents(
  table: Table,
  organizationId: string,
  query: EventQuery,
): Promise<EventPage> {
  const cursor = parseCursor(query.cursor);
  if (query.cursor === undefined && eventIdPattern.test(query.q ?? "")) {
    const row = await findEvent(table, organizationId, String(query.q).toLowerCase(), summaryColumns);
    // When there is none the search goes on: a correlation id can look the same.
    if (row) return { items: [toSummary(row)].filter((event) => matches(event, query)), nextCursor: null };
  }
  const begin = cursor.after === undefined ? undefined : { position: cursor.after, inclusive: false };
  const range = eventRange(organizationId, query, begin);
  const page = await readPage(table, range, query.limit, cursor);
  return { items: page.rows.map(toSummary), nextCursor: page.nextCursor };
}
