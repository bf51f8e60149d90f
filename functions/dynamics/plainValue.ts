/**
 * Plain values: what a column holds, whatever way Dataverse wrote it down. Text, number, boolean and null are
 * themselves; a date is an ISO 8601 instant in UTC; a choice and an amount of money are numbers; several choices
 * are an array of numbers; a lookup is a {@link Reference}. A webhook and the Web API yield the same plain values.
 */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | Reference
  | DynamicsEntity
  | PlainValue[]
  | { [member: string]: PlainValue };

/** Column values by logical name. A column that is absent was not sent; null means it is empty. */
export type Columns = Record<string, PlainValue>;

/** A lookup: the id (lower-case GUID) and table of the row it points at. `name` is there only when Dataverse sent it. */
export interface Reference {
  id: string;
  table: string;
  name?: string;
}

/** A row inside a webhook body: target, image or member of a collection. */
export interface DynamicsEntity {
  table: string | null;
  id: string | null;
  columns: Columns;
  /** Texts for people, in the language of the user who made the change. Never a key for anything. */
  formatted: Record<string, string>;
  rowVersion: number | null;
}

/** True for a plain object of JSON: not null, not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True when the value is a row with columns. */
export function isEntity(value: unknown): value is DynamicsEntity {
  return isObject(value) && isObject(value["columns"]) && "formatted" in value;
}

/** True when the value is a lookup. */
export function isReference(value: unknown): value is Reference {
  return isObject(value) && typeof value["id"] === "string" && typeof value["table"] === "string";
}

const guidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const emptyGuid = "00000000-0000-0000-0000-000000000000";

/** A GUID in lower case without braces; null for anything else and for the GUID of zeros, which Dataverse sends for "none". */
export function toGuid(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 40) return null;
  const text = value
    .trim()
    .replace(/^\{(.*)\}$/, "$1")
    .toLowerCase();
  return guidShape.test(text) && text !== emptyGuid ? text : null;
}

/** A table's logical name in lower case; null for anything else and for `none`, which Dataverse sends where there is no table. */
export function toTableName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = value.toLowerCase();
  return /^\w{1,128}$/.test(name) && name !== "none" ? name : null;
}

/** A row version as a number. Dataverse writes it as text or as a number; null when it is not a version. */
export function toRowVersion(value: unknown): number | null {
  const version = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof version === "number" && Number.isSafeInteger(version) && version >= 0 ? version : null;
}
