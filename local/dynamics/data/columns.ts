/**
 * What a column can be and how its value is kept: text, numbers and booleans as they are, instants as
 * `2026-01-05T08:12:00Z` (one second resolution), dates as `2026-01-05`, lookups as table and id.
 */
type ColumnType =
  | "text"
  | "guid"
  | "integer"
  | "bigint"
  | "money"
  | "boolean"
  | "choice"
  | "datetime"
  | "date"
  | "lookup";

/** A table that a lookup may point at, and the navigation property that binds it (`<navigation>@odata.bind`). */
type LookupTarget = { table: string; navigation: string };

/** Where a lookup points. */
export type LookupValue = { table: string; id: string };

/** A column's stored value. */
export type Value = null | boolean | number | string | LookupValue;

/** A stored value as text; everything that is none reads as nothing. */
export function asText(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** One column of a table. */
export type Column = {
  name: string;
  type: ColumnType;
  /** Longest text, in characters. */
  maxLength?: number;
  /** The labels of a choice or a yes/no column. */
  labels?: Record<string, string>;
  targets?: LookupTarget[];
  /** Set by the platform alone: submitted values are ignored, as Dataverse does. */
  readOnly?: boolean;
  /** Can be written but is never given back (keys). */
  secret?: boolean;
  /** What a new row holds when nothing is submitted. */
  initial?: Value;
};

/** A text column. */
export function text(name: string, maxLength: number): Column {
  return { name, type: "text", maxLength };
}

/** A choice column with its labels by value. */
export function choice(name: string, labels: Record<string, string>): Column {
  return { name, type: "choice", labels };
}

/** A yes/no column. */
export function yesNo(name: string, labels: [no: string, yes: string] = ["No", "Yes"]): Column {
  return { name, type: "boolean", labels: { false: labels[0], true: labels[1] } };
}

/** A lookup with the tables that it may point at; a single target's navigation property is the column's name. */
export function lookup(name: string, ...targets: (LookupTarget | string)[]): Column {
  const expand = (target: LookupTarget | string) =>
    typeof target === "string" ? { table: target, navigation: name } : target;
  return { name, type: "lookup", targets: targets.map(expand) };
}

/** A column of any other type. */
export function column(name: string, type: ColumnType): Column {
  return { name, type };
}

/** Gives a column the value that a new row starts with. */
export function initially(column: Column, initial: Value): Column {
  return { ...column, initial };
}

/** Marks columns as written by the platform alone. */
export function readOnly(...columns: Column[]): Column[] {
  return columns.map((column) => ({ ...column, readOnly: true }));
}

/** The columns that every table has: who, when, state and version. */
export function platformColumns(primaryKey: string): Column[] {
  return readOnly(
    column(primaryKey, "guid"),
    column("createdon", "datetime"),
    column("modifiedon", "datetime"),
    lookup("createdby", "systemuser"),
    lookup("modifiedby", "systemuser"),
    lookup("modifiedonbehalfby", "systemuser"),
    column("versionnumber", "bigint"),
  );
}

/** The columns of tables whose rows belong to someone and can be switched off. */
export function ownedColumns(): Column[] {
  return [
    lookup("ownerid", { table: "systemuser", navigation: "ownerid" }),
    ...readOnly(lookup("owningbusinessunit", "businessunit")),
    initially(choice("statecode", { 0: "Active", 1: "Inactive" }), 0),
    initially(choice("statuscode", { 1: "Active", 2: "Inactive" }), 1),
  ];
}
