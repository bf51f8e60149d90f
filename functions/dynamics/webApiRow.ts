import { createNormalizer } from "./normalize.ts";
import { isObject, toGuid, toRowVersion, toTableName } from "./plainValue.ts";
import type { Columns, PlainValue } from "./plainValue.ts";

/** A column to read. A lookup has another name in the Web API, so it must be said which columns are lookups. */
export interface Column {
  name: string;
  lookup: boolean;
}

/** A row as the Web API holds it now, in the same plain values as a webhook body has. */
export interface DynamicsRow {
  table: string;
  id: string;
  columns: Columns;
  /** Equal for equal rows; it says nothing about which of two is newer. */
  etag: string | null;
  rowVersion: number | null;
}

/** Annotations that {@link toRow} needs: what a lookup points at, and the texts that tell choices from text. */
export const neededAnnotations =
  "Microsoft.Dynamics.CRM.lookuplogicalname,OData.Community.Display.V1.FormattedValue";

/** The name of a column in `$select` and in the answer. */
export function webApiName(column: Column): string {
  return column.lookup ? `_${column.name}_value` : column.name;
}

/** Turns a row of a Web API answer into plain values under the columns' logical names. Lookups are recognized by their names. */
export function toRow(table: string, id: string, raw: Record<string, unknown>): DynamicsRow {
  const normalizer = createNormalizer();
  const annotation = (name: string, term: string): unknown => raw[`${name}@${term}`];
  const read = (name: string, value: unknown): [string, PlainValue] => {
    const lookup = /^_(.+)_value$/.exec(name)?.[1];
    const formatted = annotation(name, "OData.Community.Display.V1.FormattedValue");
    if (lookup === undefined) return [name, choices(value, formatted) ?? normalizer.value(value)];
    const pointsAt = toTableName(annotation(name, "Microsoft.Dynamics.CRM.lookuplogicalname"));
    const target = toGuid(value);
    if (target === null) return [lookup, null];
    const named = typeof formatted === "string" ? { name: formatted } : {};
    return [lookup, { id: target, table: pointsAt ?? "", ...named }];
  };
  const columns = Object.fromEntries(
    Object.entries(raw)
      .filter(([name]) => !name.includes("@"))
      .map(([name, value]) => read(name, value)),
  );
  const etag = raw["@odata.etag"];
  return {
    table,
    id,
    columns,
    etag: typeof etag === "string" ? etag : null,
    rowVersion: toRowVersion(raw["versionnumber"]),
  };
}

/** Several choices come as `"1,2"` with a text for people beside them, which no column of text has. */
function choices(value: unknown, formatted: unknown): number[] | null {
  if (typeof value !== "string" || typeof formatted !== "string") return null;
  return /^-?\d+(,-?\d+)*$/.test(value) ? value.split(",").map(Number) : null;
}

/** The code and the sentence of a Web API error answer; null when the answer is not one, so something else answered. */
export function toError(raw: unknown): { code: string; message: string } | null {
  const error = isObject(raw) ? raw["error"] : null;
  if (!isObject(error) || typeof error["message"] !== "string") return null;
  return {
    code: typeof error["code"] === "string" ? error["code"].toLowerCase() : "",
    message: error["message"],
  };
}
