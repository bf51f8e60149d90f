import type { Column, Value } from "../data/columns.ts";
import { isGuid } from "../data/guid.ts";
import type { EnvironmentStore } from "../data/store.ts";
import { tablesBySet } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { badRequest, doesNotExist, noSuchResource } from "./errors.ts";
import { parsePath } from "./path.ts";

/** What a body asks to write: the columns, and the id where the caller chose it. */
export type Payload = { values: Record<string, Value>; id?: string };

const BIND = "@odata.bind";

/** Reads a Create or Update body and checks every value against its column. */
export function readPayload(store: EnvironmentStore, table: Table, body: unknown): Payload {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw badRequest("The request body is not a JSON object.", "0x80048d19");
  }
  const payload: Payload = { values: {} };
  for (const [name, value] of Object.entries(body)) {
    if (name.endsWith(BIND)) {
      const { column, target } = bound(table, name.slice(0, -BIND.length));
      payload.values[column.name] = value === null ? null : lookupValue(store, target, value);
    } else if (name === table.primaryKey) {
      if (typeof value !== "string" || !isGuid(value)) throw invalidValue(name, value, "Edm.Guid");
      payload.id = value.toLowerCase();
    } else if (!name.includes("@")) {
      const column = writable(table, name);
      if (!column.readOnly) payload.values[name] = checkedValue(table, column, value);
    }
  }
  return payload;
}

/** The row that `/contacts(<id>)`, or its full address, points at. */
export function referencedRow(store: EnvironmentStore, reference: unknown): { table: string; id: string } {
  const last = typeof reference === "string" ? reference.slice(reference.lastIndexOf("/") + 1) : "";
  const [segment] = parsePath(last);
  const table = tablesBySet.get(segment?.name ?? "");
  if (!table || !segment?.key || !isGuid(segment.key)) throw noSuchResource(last);
  const row = store.row(table.name, segment.key);
  if (!row) throw doesNotExist(table.name, segment.key);
  return { table: table.name, id: row.id };
}

/** Navigation property names are case-sensitive, and a misspelt one looks to the service like an undeclared one. */
function bound(table: Table, navigation: string): { column: Column; target: string } {
  for (const column of table.columns.values()) {
    const target = column.targets?.find((candidate) => candidate.navigation === navigation);
    if (target && !column.readOnly) return { column, target: target.table };
  }
  throw badRequest(
    `An undeclared property '${navigation}' which only has property annotations in the payload but no property ` +
      "value was found in the payload. In OData, only declared navigation properties and declared named streams " +
      "can be represented as properties without values.",
    "0x80048d19",
  );
}

function lookupValue(store: EnvironmentStore, target: string, reference: unknown): Value {
  const row = referencedRow(store, reference);
  if (row.table !== target) throw badRequest(`The reference must point at a row of ${target}.`, "0x80048d19");
  return row;
}

function writable(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column && column.type !== "lookup") return column;
  throw badRequest(
    `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.${table.name}'.`,
    "0x80048d19",
  );
}

function checkedValue(table: Table, column: Column, value: unknown): Value {
  if (value === null) return null;
  switch (column.type) {
    case "text":
      if (typeof value !== "string") throw invalidValue(column.name, value, "Edm.String");
      return withinLength(table, column, value);
    case "boolean":
      if (typeof value !== "boolean") throw invalidValue(column.name, value, "Edm.Boolean");
      return value;
    case "choice":
      return knownChoice(table, column, value);
    case "integer":
    case "bigint":
      if (!Number.isInteger(value)) throw invalidValue(column.name, value, "Edm.Int32");
      return Number(value);
    case "money":
      if (typeof value !== "number") throw invalidValue(column.name, value, "Edm.Decimal");
      return value;
    case "date":
      if (!isDate(value, /^\d{4}-\d\d-\d\d$/)) throw invalidValue(column.name, value, "Edm.Date");
      return value;
    case "datetime":
      if (!isDate(value, /^\d{4}-\d\d-\d\dT/)) throw invalidValue(column.name, value, "Edm.DateTimeOffset");
      return `${new Date(value).toISOString().slice(0, 19)}Z`;
    case "guid":
    case "lookup":
      if (typeof value !== "string" || !isGuid(value)) throw invalidValue(column.name, value, "Edm.Guid");
      return value.toLowerCase();
  }
}

function withinLength(table: Table, column: Column, value: string): string {
  if (column.maxLength === undefined || value.length <= column.maxLength) return value;
  throw badRequest(
    `A validation error occurred. The length of the '${column.name}' attribute of the '${table.name}' entity ` +
      `exceeded the maximum allowed length of '${column.maxLength}'.`,
    "0x80044331",
  );
}

function knownChoice(table: Table, column: Column, value: unknown): number {
  if (!Number.isInteger(value)) throw invalidValue(column.name, value, "Edm.Int32");
  if (String(value) in (column.labels ?? {})) return Number(value);
  throw badRequest(
    `A validation error occurred. The value ${Number(value)} of '${column.name}' on record of type ` +
      `'${table.name}' is outside the valid range.`,
  );
}

function isDate(value: unknown, form: RegExp): value is string {
  return typeof value === "string" && form.test(value) && !Number.isNaN(Date.parse(value)) && isDay(value);
}

/** `Date` takes 30 February for 1 March. */
function isDay(date: string): boolean {
  const day = date.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function invalidValue(name: string, value: unknown, type: string): Error {
  return badRequest(
    `Cannot convert the value '${JSON.stringify(value)}' of '${name}' to the type '${type}'.`,
    "0x80048d19",
  );
}
