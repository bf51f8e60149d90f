import { entityReference, money, optionSetValue } from "../context/dataContract.ts";
import type { AttributeValue } from "../context/dataContract.ts";
import type { Column, Value } from "../data/columns.ts";
import type { Table } from "../data/tables.ts";

type Values = Record<string, Value>;

/** Stored values as the data contract writes them. Columns that no one can see are left out. */
export function toAttributes(table: Table, values: Values): Record<string, AttributeValue> {
  const attributes: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const column = table.columns.get(name);
    if (column && !column.secret) attributes[name] = toAttribute(column, value);
  }
  return attributes;
}

/** The values that are set: what an image or a Create carries. */
export function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** The display texts of choices and yes/no columns. */
export function toFormattedValues(table: Table, values: Values): Record<string, string> {
  const formatted: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "object") continue;
    const label = table.columns.get(name)?.labels?.[String(value)];
    if (label !== undefined) formatted[name] = label;
  }
  return formatted;
}

function toAttribute(column: Column, value: Value): AttributeValue {
  if (value === null) return null;
  if (typeof value === "object") return entityReference(value.table, value.id);
  switch (column.type) {
    case "choice":
      return optionSetValue(Number(value));
    case "money":
      return money(Number(value));
    case "datetime":
    case "date":
      return new Date(String(value));
    case "text":
    case "guid":
    case "integer":
    case "bigint":
    case "boolean":
    case "lookup":
      return value;
  }
}
