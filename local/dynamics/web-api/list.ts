import type { Row } from "../data/store.ts";
import type { Table } from "../data/tables.ts";
import { parseExpand } from "./expand.ts";
import { readCursor, writeCursor, writeDeltaToken } from "./cursor.ts";
import { refuseWithTracking } from "./delta.ts";
import { compileFilter } from "./filter.ts";
import { linkTo } from "./links.ts";
import { orderingOf } from "./ordering.ts";
import { contextFragment, represent, selectedProperties } from "./representation.ts";
import { wantedAnnotations } from "./request.ts";
import type { ApiRequest } from "./request.ts";
import { json } from "./responses.ts";

const LARGEST_PAGE = 5000;

/** Answers a query over rows of one table: filtered, ordered, in pages; with a delta link where it was asked for. */
export function listRows(request: ApiRequest, table: Table, path: string, rows: Row[]): Response {
  const { env, options, root } = request;
  const cursor = options.skipToken === undefined ? undefined : readCursor(options.skipToken);
  const tracking = cursor ? cursor.delta !== undefined : request.preferences.has("odata.track-changes");
  if (tracking) refuseWithTracking(request, table);

  const ordering = orderingOf(env.store, table, options.orderBy);
  const matching = filterRows(request, table, rows)
    .map((row) => ({ row, key: ordering.keyOf(row) }))
    .sort((left, right) => ordering.compare(left.key, right.key));
  const rest = cursor ? matching.filter(({ key }) => ordering.compare(key, cursor.after) > 0) : matching;
  const page = rest.slice(0, options.top ?? pageSize(request));
  const last = page.at(-1);
  const more = options.top === undefined && page.length < rest.length;
  const delta = cursor?.delta ?? writeDeltaToken({ version: env.store.version(), at: env.now() });

  const properties = selectedProperties(table, options.select);
  const view = { store: env.store, properties, annotations: wantedAnnotations(request) };
  const expand = parseExpand(env.store, table, options.expand);
  return json(request, 200, {
    "@odata.context": `${root}/$metadata#${contextFragment(table, options.select)}`,
    ...(options.count ? { "@odata.count": Math.min(matching.length, LARGEST_PAGE) } : {}),
    ...(tracking && !more ? { "@odata.deltaLink": deltaLink(request, path, delta) } : {}),
    value: page.map(({ row }) => ({ ...represent(row, view), ...expand(row, root, view.annotations) })),
    ...(more && last
      ? {
          "@odata.nextLink": linkTo(request, path, {
            $skiptoken: writeCursor({
              page: (cursor?.page ?? 1) + 1,
              after: last.key,
              ...(tracking ? { delta } : {}),
            }),
          }),
        }
      : {}),
  });
}

/** Answers `/$count`: a number as text, at most 5,000. */
export function countRows(request: ApiRequest, table: Table, rows: Row[]): Response {
  const count = Math.min(filterRows(request, table, rows).length, LARGEST_PAGE);
  return new Response(String(count), { headers: { "content-type": "text/plain", "odata-version": "4.0" } });
}

/** The page size asked for, at most 5,000. */
export function pageSize(request: ApiRequest): number {
  const asked = Number(request.preferences.get("odata.maxpagesize") ?? LARGEST_PAGE);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, LARGEST_PAGE) : LARGEST_PAGE;
}

/** The address that returns what changed after `token`. */
export function deltaLink(request: ApiRequest, path: string, token: string): string {
  return linkTo(request, path, { $skiptoken: null, $deltatoken: token });
}

function filterRows({ env, options }: ApiRequest, table: Table, rows: Row[]): Row[] {
  if (options.filter === undefined) return rows;
  return rows.filter(compileFilter(env.store, table, options.filter));
}
