import type { Row } from "../data/store.ts";
import { membershipLevel, tableNamed } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { associate, disassociate, updateRow } from "../data/writes.ts";
import { badRequest, doesNotExist, noSuchResource, notSimulated, ODataError } from "./errors.ts";
import { referencedRow } from "./payload.ts";
import type { Segment } from "./path.ts";
import { navigation } from "./properties.ts";
import { refuseWriting } from "./registrationRules.ts";
import { membershipSide } from "./related.ts";
import { existingRow, rowId } from "./request.ts";
import type { ApiRequest } from "./request.ts";
import { empty } from "./responses.ts";

/** POST, PUT and DELETE of `<row>/<navigation>/$ref`: links rows, or points a lookup somewhere else. */
export async function changeReference(
  request: ApiRequest,
  table: Table,
  id: string,
  property: Segment,
): Promise<Response> {
  const row = existingRow(request, table, id);
  const side = membershipSide(table);
  if (side && property.name === membershipLevel.name) return changeMembership(request, row, side, property);
  refuseWriting(table, "update");
  return changeLookup(request, table, row, property);
}

async function changeMembership(
  request: ApiRequest,
  from: Row,
  fromSide: "first" | "second",
  property: Segment,
): Promise<Response> {
  const otherTable = tableNamed(fromSide === "first" ? membershipLevel.second : membershipLevel.first);
  const change = (to: Row) => ({ relationship: membershipLevel.name, from, to, fromSide });
  if (request.method === "POST") {
    const { table, id } = referencedRow(request.env.store, await referenceInBody(request));
    if (table !== otherTable.name)
      throw badRequest(`The reference must point at a row of ${otherTable.name}.`);
    const linked = associate(request.env, change(existingRow(request, otherTable, id)), request.caller);
    if (!linked) throw new ODataError(412, "0x80040237", "Cannot insert duplicate key.");
    return empty(204);
  }
  if (request.method !== "DELETE") throw notSimulated(`${request.method} of a relationship`);
  const id = property.key
    ? rowId(property.key)
    : referencedRow(request.env.store, request.parameters.get("$id")).id;
  const removed = disassociate(request.env, change(existingRow(request, otherTable, id)), request.caller);
  if (!removed) throw doesNotExist(membershipLevel.name, id);
  return empty(204);
}

async function changeLookup(
  request: ApiRequest,
  table: Table,
  row: Row,
  property: Segment,
): Promise<Response> {
  const { lookup, target } = navigation(table, property.name);
  if (lookup.readOnly) throw badRequest(`The column ${lookup.name} is set by the platform.`);
  if (request.method === "DELETE") {
    updateRow(request.env, row, { [lookup.name]: null }, request.caller);
    return empty(204);
  }
  if (request.method !== "PUT") throw noSuchResource("$ref");
  const reference = referencedRow(request.env.store, await referenceInBody(request));
  if (reference.table !== target.name)
    throw badRequest(`The reference must point at a row of ${target.name}.`);
  updateRow(request.env, row, { [lookup.name]: reference }, request.caller);
  return empty(204);
}

async function referenceInBody(request: ApiRequest): Promise<unknown> {
  const body = await request.body();
  const reference =
    typeof body === "object" && body !== null && "@odata.id" in body ? body["@odata.id"] : undefined;
  if (typeof reference !== "string") throw badRequest("The body must hold the row's address in @odata.id.");
  return reference;
}
