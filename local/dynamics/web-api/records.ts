import type { Row } from "../data/store.ts";
import type { Table } from "../data/tables.ts";
import { createRow, deleteRow, updateRow } from "../data/writes.ts";
import { badRequest, doesNotExist, ODataError, preconditionFailed } from "./errors.ts";
import { parseExpand } from "./expand.ts";
import { readPayload } from "./payload.ts";
import { refuseUnsupportedRegistration, refuseWriting } from "./registrationRules.ts";
import { contextFragment, etag, represent, selectedProperties } from "./representation.ts";
import { existingRow, wantedAnnotations } from "./request.ts";
import type { ApiRequest } from "./request.ts";
import { empty, json, rowAddress } from "./responses.ts";

/** GET of one row; 304 when the caller already has this version, and wants no more than the row itself. */
export function retrieveRow(request: ApiRequest, table: Table, id: string): Response {
  const row = existingRow(request, table, id);
  const isPlain = !request.options.expand && wantedAnnotations(request) === undefined;
  if (isPlain && request.headers.get("if-none-match") === etag(row)) return empty(304, { etag: etag(row) });
  return rowResponse(request, table, row, 200);
}

/** POST to a table's set. */
export async function createRecord(request: ApiRequest, table: Table): Promise<Response> {
  refuseWriting(table, "create");
  const { id, values } = readPayload(request.env.store, table, await request.body());
  if (id && request.env.store.row(table.name, id)) throw duplicateKey();
  refuseUnsupportedRegistration(table, values);
  const row = createRow(request.env, table.name, values, request.caller, id);
  return written(request, table, row, 201);
}

/** PATCH of a row: changes it, or creates it where it is missing ("upsert") unless `If-Match` forbids that. */
export async function updateRecord(request: ApiRequest, table: Table, id: string): Promise<Response> {
  refuseWriting(table, "update");
  const payload = readPayload(request.env.store, table, await request.body());
  if (payload.id && payload.id !== id) throw badRequest("The id in the body is not the id in the address.");
  const row = request.env.store.row(table.name, id);
  const ifMatch = request.headers.get("if-match");
  if (!row) {
    if (ifMatch !== null) throw doesNotExist(table.name, id);
    refuseUnsupportedRegistration(table, payload.values);
    return written(
      request,
      table,
      createRow(request.env, table.name, payload.values, request.caller, id),
      201,
    );
  }
  if (request.headers.get("if-none-match") === "*") throw duplicateKey();
  requireVersion(row, ifMatch);
  refuseUnsupportedRegistration(table, { ...row.values, ...payload.values });
  return written(request, table, updateRow(request.env, row, payload.values, request.caller), 200);
}

/** DELETE of a row. */
export function deleteRecord(request: ApiRequest, table: Table, id: string): Response {
  refuseWriting(table, "delete");
  const row = existingRow(request, table, id);
  requireVersion(row, request.headers.get("if-match"));
  deleteRow(request.env, row, request.caller);
  return empty(204);
}

/** The row with what was selected and expanded of it. */
export function rowResponse(request: ApiRequest, table: Table, row: Row, status: number): Response {
  const { env, options, root } = request;
  const properties = selectedProperties(table, options.select);
  const annotations = wantedAnnotations(request);
  return json(
    request,
    status,
    {
      "@odata.context": `${root}/$metadata#${contextFragment(table, options.select)}/$entity`,
      ...represent(row, { store: env.store, properties, annotations }),
      ...parseExpand(env.store, table, options.expand)(row, root, annotations),
    },
    { etag: etag(row) },
  );
}

/** 204 with the row's address, or the row itself where the caller prefers it. */
function written(request: ApiRequest, table: Table, row: Row, status: 200 | 201): Response {
  const address = rowAddress(request.root, table.setName, row.id);
  if (request.preferences.get("return") !== "representation")
    return empty(204, { "odata-entityid": address });
  return rowResponse(request, table, row, status);
}

function requireVersion(row: Row, ifMatch: string | null): void {
  if (ifMatch !== null && ifMatch !== "*" && ifMatch !== etag(row)) throw preconditionFailed();
}

function duplicateKey(): ODataError {
  return new ODataError(412, "0x80040237", "A record with matching key values already exists.");
}
