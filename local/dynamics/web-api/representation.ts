import type { EnvironmentStore, Row } from "../data/store.ts";
import { tableNamed, tables } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";
import type { Column } from "../data/columns.ts";
import { propertiesOf, propertyNamed, propertyValue } from "./properties.ts";
import type { Property } from "./properties.ts";

/** A row as JSON. */
export type Representation = Record<string, unknown>;

/** What to show of a row. */
export type View = {
  store: EnvironmentStore;
  properties: Property[];
  /** The annotations asked for by `odata.include-annotations`: `*`, or a comma-separated list. */
  annotations?: string | undefined;
};

const FORMATTED = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
const LOOKUP_NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";

/** The selected properties, always with the row's id. Nothing selected means all. */
export function selectedProperties(table: Table, select: string[] | undefined): Property[] {
  if (!select) return propertiesOf(table);
  const names = new Set([...select, table.primaryKey]);
  return [...names].map((name) => propertyNamed(table, name));
}

/** The text after `#` in `@odata.context`: the set, and the columns when they were selected. */
export function contextFragment(table: Table, select: string[] | undefined): string {
  return select ? `${table.setName}(${select.join(",")})` : table.setName;
}

/** A row with its etag, the properties asked for and their annotations. */
export function represent(row: Row, view: View): Representation {
  const result: Representation = { "@odata.etag": etag(row) };
  for (const { name, column } of view.properties) {
    result[name] = propertyValue(row, column);
    Object.assign(result, annotations(row, name, column, view));
  }
  return result;
}

/** A row's version as entity tag. Tags are for equality alone. */
export function etag(row: Row): string {
  return `W/"${row.version}"`;
}

function annotations(row: Row, name: string, column: Column, view: View): Representation {
  const value = row.values[column.name];
  const wanted = (annotation: string) => view.annotations === "*" || view.annotations?.includes(annotation);
  const result: Representation = {};
  const put = (annotation: string, text: string | undefined) => {
    if (text !== undefined && wanted(annotation)) result[`${name}@${annotation}`] = text;
  };
  if (!view.annotations || value === null || value === undefined) return result;
  if (typeof value === "object") {
    const several = (column.targets?.length ?? 0) > 1;
    put(
      LOOKUP_NAVIGATION,
      column.targets?.find((target) => several && target.table === value.table)?.navigation,
    );
    put(LOOKUP_TABLE, value.table);
    put(FORMATTED, lookedUpName(view.store, value.table, value.id));
  } else {
    put(FORMATTED, formattedValue(column, value));
  }
  return result;
}

/** The name of the row that a lookup points at. */
function lookedUpName(store: EnvironmentStore, tableName: string, id: string): string | undefined {
  if (!tables.has(tableName)) return undefined;
  const name = store.row(tableName, id)?.values[tableNamed(tableName).primaryName];
  return typeof name === "string" ? name : undefined;
}

const asDate = new Intl.DateTimeFormat("en-US", { timeZone: "UTC" });
const asInstant = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  dateStyle: "short",
  timeStyle: "short",
});

function formattedValue(column: Column, value: string | number | boolean): string | undefined {
  if (column.labels) return column.labels[String(value)];
  if (column.type === "date") return asDate.format(new Date(String(value)));
  if (column.type === "datetime") return asInstant.format(new Date(String(value)));
  return typeof value === "number" ? value.toLocaleString("en-US") : undefined;
}
