import type { Column, Value } from "../data/columns.ts";
import type { EnvironmentStore, Row } from "../data/store.ts";
import { tableNamed } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import { noSuchColumn } from "./errors.ts";

/** A column as the Web API names it: a lookup is read as `_<name>_value`. */
export type Property = { name: string; column: Column };

/** The readable property of that name. */
export function propertyNamed(table: Table, name: string): Property {
  const lookup = /^_(\w+)_value$/.exec(name)?.[1];
  const column = table.columns.get(lookup ?? name);
  const found = column && !column.secret && (column.type === "lookup") === (lookup !== undefined);
  if (!found) throw noSuchColumn(name, table.name);
  return { name, column };
}

/** All readable properties of a table. */
export function propertiesOf(table: Table): Property[] {
  return [...table.columns.values()]
    .filter((column) => !column.secret)
    .map((column) => ({ name: propertyName(column), column }));
}

/** The name under which a column is read. */
function propertyName(column: Column): string {
  return column.type === "lookup" ? `_${column.name}_value` : column.name;
}

/** A row's value as the Web API gives it; a lookup's is the id. */
export function propertyValue(row: Row, column: Column): string | number | boolean | null {
  if (column.name === "versionnumber") return row.version;
  if (column.readOnly && column.type === "guid" && column.name === tableNamed(row.table).primaryKey)
    return row.id;
  const value = row.values[column.name] ?? null;
  return typeof value === "object" && value !== null ? value.id : value;
}

/** A property reached through at most one lookup: `name`, or `sdkmessageid/name`. */
type PropertyPath = { column: Column; read: (row: Row) => string | number | boolean | null };

/** Resolves a path as filters and orderings use it. */
export function resolvePath(store: EnvironmentStore, table: Table, path: string): PropertyPath {
  const [first = "", second] = path.split("/");
  if (second === undefined) {
    const { column } = propertyNamed(table, first);
    return { column, read: (row) => propertyValue(row, column) };
  }
  const { lookup, target } = navigation(table, first);
  const { column } = propertyNamed(target, second);
  return {
    column,
    read: (row) => {
      const related = followLookup(store, row, lookup.name, target.name);
      return related ? propertyValue(related, column) : null;
    },
  };
}

/** The lookup and the table behind a single-valued navigation property. */
export function navigation(table: Table, name: string): { lookup: Column; target: Table } {
  for (const lookup of table.columns.values()) {
    const target = lookup.targets?.find((candidate) => candidate.navigation === name);
    if (target) return { lookup, target: tableNamed(target.table) };
  }
  throw noSuchColumn(name, table.name);
}

/** The row that a lookup points at, when it points into that table. */
export function followLookup(
  store: EnvironmentStore,
  row: Row,
  lookup: string,
  table: string,
): Row | undefined {
  const value: Value | undefined = row.values[lookup];
  const points = typeof value === "object" && value !== null && value.table === table;
  return points ? store.row(table, value.id) : undefined;
}
