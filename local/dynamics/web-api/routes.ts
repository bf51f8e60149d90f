import { tablesBySet } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { entityDefinition, whoAmI } from "./definitions.ts";
import { countChanges, listChanges } from "./delta.ts";
import { badRequest, noSuchResource, notSimulated, ODataError } from "./errors.ts";
import { countRows, listRows, pageSize } from "./list.ts";
import { navigation, followLookup } from "./properties.ts";
import { createRecord, deleteRecord, retrieveRow, rowResponse, updateRecord } from "./records.ts";
import { changeReference } from "./references.ts";
import { relatedRows } from "./related.ts";
import { existingRow, rowId } from "./request.ts";
import type { ApiRequest } from "./request.ts";
import { empty } from "./responses.ts";

const NOT_SIMULATED = new Set([
  "$metadata",
  "$batch",
  "$crossjoin",
  "RelationshipDefinitions",
  "GlobalOptionSetDefinitions",
]);
const PUBLISHING = new Set(["PublishXml", "PublishAllXml"]);

/** Sends a request to what answers it. */
export async function route(request: ApiRequest): Promise<Response> {
  const [first, ...rest] = request.segments;
  if (!first || NOT_SIMULATED.has(first.name)) throw notSimulated(first?.name ?? "the service document");
  if (first.name === "WhoAmI") return whoAmI(request);
  if (first.name === "EntityDefinitions") return entityDefinition(request, first.key);
  if (PUBLISHING.has(first.name) && request.method === "POST") return empty(204);
  const table = tablesBySet.get(first.name);
  if (!table) throw noSuchResource(first.name);
  if (first.key === undefined) return routeSet(request, table, rest[0]?.name);
  return routeRow(request, table, rowId(first.key), rest);
}

async function routeSet(request: ApiRequest, table: Table, segment: string | undefined): Promise<Response> {
  const { env, method, options } = request;
  if (segment === "$count" && method === "GET") {
    if (options.deltaToken !== undefined) return countChanges(request, table);
    return countRows(request, table, env.store.rows(table.name));
  }
  if (segment !== undefined) throw noSuchResource(segment);
  if (method === "POST") return createRecord(request, table);
  if (method !== "GET") throw notAllowed(method, table.setName);
  if (options.deltaToken !== undefined) return listChanges(request, table, pageSize(request));
  return listRows(request, table, table.setName, env.store.rows(table.name));
}

async function routeRow(
  request: ApiRequest,
  table: Table,
  id: string,
  rest: ApiRequest["segments"],
): Promise<Response> {
  const [property, reference, ...more] = rest;
  if (more.length > 0) throw badRequest("The address is longer than this simulation follows.");
  if (property) {
    if (reference?.name === "$ref") return changeReference(request, table, id, property);
    if (reference) throw noSuchResource(reference.name);
    return readProperty(request, table, id, property.name);
  }
  switch (request.method) {
    case "GET":
      return retrieveRow(request, table, id);
    case "PATCH":
      return updateRecord(request, table, id);
    case "DELETE":
      return deleteRecord(request, table, id);
    default:
      throw notAllowed(request.method, table.setName);
  }
}

/** GET of a navigation property: the rows of a collection, or the one row that a lookup points at. */
function readProperty(request: ApiRequest, table: Table, id: string, name: string): Response {
  if (request.method !== "GET") throw notSimulated(`${request.method} of a single property`);
  const row = existingRow(request, table, id);
  const collection = relatedRows(request.env.store, table, name);
  if (collection)
    return listRows(request, collection.table, `${table.setName}(${id})/${name}`, collection.of(row));
  const { lookup, target } = navigation(table, name);
  const related = followLookup(request.env.store, row, lookup.name, target.name);
  return related ? rowResponse(request, target, related, 200) : empty(204);
}

function notAllowed(method: string, resource: string): ODataError {
  return new ODataError(
    405,
    "",
    `The requested resource '${resource}' does not support the method ${method}.`,
  );
}
