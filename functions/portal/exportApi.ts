import { exportCeiling } from "../contracts/portal.ts";
import type { EventPage, EventSummary, ExportQuery } from "../contracts/portal.ts";
import type { routes } from "../contracts/routes.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { Audit } from "../organizations/audit.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { dayMs, toInstant } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import type { Table } from "../platform/storage/table.ts";
import { countEvents } from "../sync-log/countEvents.ts";
import type { LogTables } from "../sync-log/logTables.ts";
import { readEvents } from "../sync-log/readEvents.ts";
import { fileFormats } from "./exportFile.ts";
import type { FileFormat } from "./exportFile.ts";

interface ExportServices extends RouteServices, LogTables {
  clock: Clock;
  audit: Audit;
}

type Routes = typeof routes;

/** Events of one read. Only one page is in memory at a time. */
const pageSize = 1_000;

/**
 * The event log as a file, sent while it is read. It holds every event that was in the log when the export began and
 * passes the filter, each once: what arrives later is newer than the `to` that is fixed at the start.
 */
export async function exportEvents(
  services: ExportServices,
  { caller, organization, query }: Call<Routes["exportEvents"]>,
): Promise<Reply<Routes["exportEvents"]>> {
  const { clock, syncLog, audit } = services;
  const now = clock();
  const { format: formatName, ...asked } = query;
  const filter = { ...asked, to: earlier(asked.to, toInstant(now + 1)) };
  const read = (cursor?: string) =>
    readEvents(services, organization.id, { ...filter, limit: pageSize, ...(cursor ? { cursor } : {}) });
  const total = await totalOf(syncLog, organization, filter, now);
  const first = await read();
  await audit.record(organization.id, caller, "events.exported", describeFilter(query));

  const format = fileFormats[formatName];
  const fileName = `portal-sync-${organization.id}-${toInstant(now).slice(0, 10)}.${formatName}`;
  return {
    headers: {
      "content-type": format.contentType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "x-export-ceiling": String(exportCeiling),
      ...(total === null ? {} : { "x-export-total": String(total) }),
      "access-control-expose-headers": "content-disposition, x-export-ceiling, x-export-total",
    },
    body: fileOf(first, read, format),
  };
}

/** The texts of the file, a page at a time. It ends at the ceiling, and then says so in its last entry. */
export async function* fileOf(
  first: EventPage,
  read: (cursor: string) => Promise<EventPage>,
  format: FileFormat,
  ceiling = exportCeiling,
): AsyncGenerator<string> {
  let page = first;
  let count = 0;
  let last: EventSummary | undefined;
  yield format.begin;
  for (;;) {
    const events = page.items.slice(0, ceiling - count);
    const text = events.map(
      (event, index) => (count + index > 0 ? format.separator : "") + format.event(event),
    );
    if (text.length > 0) yield text.join("");
    count += events.length;
    last = events.at(-1) ?? last;
    if (events.length < page.items.length) {
      yield format.separator + format.marker(ceilingReached(ceiling, last));
      break;
    }
    if (page.nextCursor === null) break;
    page = await read(page.nextCursor);
  }
  yield format.end;
}

/** The end time lies a millisecond after the last event: others of its millisecond may be missing from the file. */
function ceilingReached(ceiling: number, last: EventSummary | undefined): string {
  const most = `This export ends here because a file holds at most ${ceiling.toLocaleString("en")} events.`;
  if (!last) return most;
  const to = toInstant(Date.parse(last.receivedAt) + 1);
  return `${most} There are older ones: export again with the end time ${to}; the last event comes again.`;
}

function earlier(asked: string | undefined, limit: string): string {
  return asked !== undefined && Date.parse(asked) < Date.parse(limit) ? asked : limit;
}

/**
 * About how many events the file will hold, for showing how far it is: from the counters, which count by hour and
 * outcome. Null when the filter asks for more than these know.
 */
async function totalOf(
  syncLog: Table,
  { id, retentionDays }: Pick<StoredOrganization, "id" | "retentionDays">,
  filter: Omit<ExportQuery, "format">,
  now: number,
): Promise<number | null> {
  const { outcome, from, to, code, type, recordId, q } = filter;
  if (code ?? type ?? recordId ?? q) return null;
  const until = Math.min(now, to === undefined ? now : Date.parse(to) - 1);
  const oldest = now - retentionDays * dayMs;
  const since = Math.max(oldest, from === undefined ? oldest : Date.parse(from));
  return Math.min(exportCeiling, await countEvents(syncLog, id, { from: since, to: until, outcome }));
}

/** The filter as the audit log shows it, such as `csv: outcome error, from 2026-01-01T00:00:00Z`. */
function describeFilter({ format, ...filter }: ExportQuery): string {
  const parts = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  );
  return `${format}: ${parts.join(", ") || "all events"}`;
}
