import type { Table } from "../data/tables.ts";
import { isTracked } from "./changeTracking.ts";
import { readCursor, readDeltaToken, writeCursor, writeDeltaToken } from "./cursor.ts";
import { badRequest } from "./errors.ts";
import { linkTo } from "./links.ts";
import { contextFragment, represent, selectedProperties } from "./representation.ts";
import type { Representation } from "./representation.ts";
import { wantedAnnotations } from "./request.ts";
import type { ApiRequest } from "./request.ts";
import { json } from "./responses.ts";

type Change = { version: number; item: Representation };

/** Answers a delta link: the rows written since the token, and the ids of those deleted. */
export function listChanges(request: ApiRequest, table: Table, largestPage: number): Response {
  const { env, options, root } = request;
  refuseWithTracking(request, table);
  const since = readDeltaToken(options.deltaToken ?? "", env.now()).version;
  const cursor = options.skipToken === undefined ? undefined : readCursor(options.skipToken);
  const reached = Number(cursor?.after[0] ?? since);
  const next = cursor?.delta ?? writeDeltaToken({ version: env.store.version(), at: env.now() });

  const rest = changesSince(request, table, reached);
  const page = rest.slice(0, largestPage);
  const last = page.at(-1);
  const after = { page: (cursor?.page ?? 1) + 1, after: [last?.version ?? reached], delta: next };
  const link =
    page.length < rest.length
      ? { "@odata.nextLink": linkTo(request, table.setName, { $skiptoken: writeCursor(after) }) }
      : { "@odata.deltaLink": linkTo(request, table.setName, { $skiptoken: null, $deltatoken: next }) };
  return json(request, 200, {
    "@odata.context": `${root}/$metadata#${contextFragment(table, options.select)}/$delta`,
    ...link,
    value: page.map(({ item }) => item),
  });
}

/** Answers `/$count` with a delta token: how many rows changed since. */
export function countChanges(request: ApiRequest, table: Table): Response {
  refuseWithTracking(request, table);
  const { version } = readDeltaToken(request.options.deltaToken ?? "", request.env.now());
  return new Response(String(changesSince(request, table, version).length), {
    headers: { "content-type": "text/plain", "odata-version": "4.0" },
  });
}

/** Change tracking works only where the table has it, and alone: not with a filter, an order, $expand or $top. */
export function refuseWithTracking({ env, options }: ApiRequest, table: Table): void {
  if (!isTracked(env.store, table))
    throw badRequest(`Entity: ${table.name} isn't enabled for change tracking.`);
  const { filter, orderBy, expand, top } = options;
  const others = [
    filter && "$filter",
    orderBy.length > 0 && "$orderby",
    expand && "$expand",
    top !== undefined && "$top",
  ];
  const option = others.find(Boolean);
  if (option)
    throw badRequest(`The query option ${option} is not supported with change tracking.`, "0x80060888");
}

function changesSince(
  { env, options, root, ...request }: ApiRequest,
  table: Table,
  version: number,
): Change[] {
  const annotations = wantedAnnotations({ env, options, root, ...request });
  const view = { store: env.store, properties: selectedProperties(table, options.select), annotations };
  const written = env.store
    .rowsSince(table.name, version)
    .map((row) => ({ version: row.version, item: represent(row, view) }));
  const deleted = env.store.deletionsSince(table.name, version).map((deletion) => ({
    version: deletion.version,
    item: {
      "@odata.context": `${root}/$metadata#${table.setName}/$deletedEntity`,
      id: deletion.id,
      reason: "deleted",
    },
  }));
  return [...written, ...deleted].sort((left, right) => left.version - right.version);
}
