import type { EventPage, EventQuery, EventSummary } from "../contracts/portal.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { parseCursor, toCursorText } from "./cursor.ts";
import type { Cursor } from "./cursor.ts";
import { eventRange } from "./eventRange.ts";
import type { EventRange } from "./eventRange.ts";
import { position } from "./keys.ts";
import type { LogTables } from "./logTables.ts";
import { toSummary } from "./storedEvent.ts";

/** Requests side by side. */
const concurrency = 16;

/** Fewest events to ask an organization for: an organization that is busier than the others is asked again. */
const leastChunk = 5;

/** Requests for one organization's page that storage may answer without an event. */
const maxFruitless = 3;

/** An organization's events, of which only as many are read as the page shows, and a few more. */
interface Source extends EventRange {
  organizationId: string;
  waiting: EventSummary[];
  /** Where storage goes on; null when there is no more. */
  continuation: string | null;
  fruitless: number;
}

/**
 * A page of the event log of several organizations, newest first, merged: one request for each organization, and
 * more only for those whose events fill the page. The query is that of `readEvents`; `q` finds an event id only
 * within one organization. Conditions other than time, record and outcome `error` or `skipped` are searched for in each
 * organization. Throws 400 `cursor.invalid`, and 400 `search.tooWide` when storage passed over so many events without a
 * match that a page could not be answered in time.
 */
export async function readMergedEvents(
  tables: LogTables,
  organizationIds: readonly string[],
  query: EventQuery,
): Promise<EventPage> {
  const cursor = parseCursor(query.cursor);
  const share = Math.ceil((2 * query.limit) / Math.max(1, organizationIds.length));
  const chunk = Math.min(query.limit, Math.max(leastChunk, share));
  const sources = [...new Set(organizationIds)].toSorted().map((id) => toSource(tables, id, query, cursor));
  await forEachLimited(sources, concurrency, (source) => fill(source, chunk));

  const items: EventSummary[] = [];
  while (items.length < query.limit) {
    const source = newestOf(sources);
    const event = source?.waiting.shift();
    if (!source || !event) break;
    items.push(event);
    if (source.waiting.length === 0) await fill(source, chunk);
  }
  const last = items.at(-1);
  const more = sources.some((source) => source.waiting.length > 0);
  return { items, nextCursor: last && more ? after(last) : null };
}

function toSource(tables: LogTables, organizationId: string, query: EventQuery, cursor: Cursor): Source {
  // Events of the same position are shown in the order of their organizations.
  const shown = organizationId <= (cursor.organizationId ?? "");
  const begin = cursor.after === undefined ? undefined : { position: cursor.after, inclusive: !shown };
  return {
    organizationId,
    ...eventRange(tables, organizationId, query, begin),
    waiting: [],
    continuation: "",
    fruitless: 0,
  };
}

/** Reads on until there is an event or no more. Where the newest event is unknown, nothing older may be shown. */
async function fill(source: Source, limit: number): Promise<void> {
  while (source.waiting.length === 0 && source.continuation !== null) {
    const { continuation } = source;
    const page = await source.table.range({
      ...source.range,
      limit,
      ...(continuation === "" ? {} : { continuation }),
    });
    source.waiting.push(...page.rows.map(toSummary));
    source.continuation = page.continuation;
    if (page.rows.length === 0) source.fruitless += 1;
    if (source.fruitless > maxFruitless) throw tooWide();
  }
}

function tooWide(): ApiProblem {
  return new ApiProblem(
    400,
    "search.tooWide",
    "The search is too wide",
    "There are too many events to search in all organizations at once. Choose an organization or a shorter time.",
  );
}

function newestOf(sources: readonly Source[]): Source | undefined {
  let newest: Source | undefined;
  for (const source of sources) {
    if (isBefore(source.waiting[0], newest?.waiting[0])) newest = source;
  }
  return newest;
}

function isBefore(one: EventSummary | undefined, other: EventSummary | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return placeOf(one) < placeOf(other);
}

function placeOf(event: EventSummary): string {
  return position(Date.parse(event.receivedAt), event.eventId);
}

function after(event: EventSummary): string {
  return toCursorText({ after: placeOf(event), organizationId: event.organizationId });
}
