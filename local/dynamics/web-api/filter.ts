import type { Column } from "../data/columns.ts";
import { isGuid } from "../data/guid.ts";
import type { EnvironmentStore, Row } from "../data/store.ts";
import type { Table } from "../data/tables.ts";
import { badRequest } from "./errors.ts";
import type { ODataError } from "./errors.ts";
import { parseFilter } from "./filterSyntax.ts";
import type { Comparison, Filter, Literal } from "./filterSyntax.ts";
import { resolvePath } from "./properties.ts";

/** Whether a row passes. */
type Predicate = (row: Row) => boolean;

type Plain = string | number | boolean | null;

/** Turns a `$filter` into a test of rows. Text is compared without regard to case, as Dataverse's database does. */
export function compileFilter(store: EnvironmentStore, table: Table, source: string): Predicate {
  const compile = (filter: Filter): Predicate => {
    switch (filter.kind) {
      case "and":
      case "or": {
        const [left, right] = [compile(filter.left), compile(filter.right)];
        return filter.kind === "and" ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
      }
      case "not": {
        const operand = compile(filter.operand);
        return (row) => !operand(row);
      }
      case "text": {
        const { column, read } = resolvePath(store, table, filter.path);
        if (column.type !== "text" || filter.literal.value === null)
          throw noTextFunction(filter.function, column);
        const part = String(checked(column, filter.literal)).toLowerCase();
        const tests = {
          contains: (text: string) => text.includes(part),
          startswith: (text: string) => text.startsWith(part),
          endswith: (text: string) => text.endsWith(part),
        };
        return (row) => tests[filter.function](String(read(row) ?? "").toLowerCase());
      }
      case "compare": {
        const { column, read } = resolvePath(store, table, filter.path);
        const wanted = toComparable(column, checked(column, filter.literal));
        return (row) => compare(toComparable(column, read(row)), filter.comparison, wanted);
      }
    }
  };
  return compile(parseFilter(source));
}

/** A value in the form in which it is ordered and compared: instants as numbers, text in lower case. */
export function toComparable(column: Column, value: Plain): Plain {
  if (typeof value !== "string") return value;
  return column.type === "datetime" ? Date.parse(value) : value.toLowerCase();
}

function compare(value: Plain, comparison: Comparison, wanted: Plain): boolean {
  if (comparison === "eq") return value === wanted;
  if (comparison === "ne") return value !== wanted;
  if (value === null || wanted === null) return false;
  switch (comparison) {
    case "gt":
      return value > wanted;
    case "ge":
      return value >= wanted;
    case "lt":
      return value < wanted;
    case "le":
      return value <= wanted;
  }
}

function noTextFunction(name: string, column: Column): ODataError {
  return badRequest(
    `No function signature for the function with name '${name}' matches the type of '${column.name}'.`,
    "0x80060888",
  );
}

/** Refuses a literal that the column's type cannot be compared with. */
function checked(column: Column, literal: Literal): Plain {
  const { value, quoted } = literal;
  if (value === null || fits(column, value, quoted)) return value;
  throw badRequest(
    `A binary operator with incompatible types was detected: '${column.name}' cannot be compared with '${value}'.`,
    "0x80060888",
  );
}

function fits(column: Column, value: string | number | boolean, quoted: boolean): boolean {
  switch (column.type) {
    case "text":
      return typeof value === "string" && quoted;
    case "guid":
    case "lookup":
      return typeof value === "string" && isGuid(value);
    case "boolean":
      return typeof value === "boolean";
    case "integer":
    case "bigint":
    case "money":
    case "choice":
      return typeof value === "number";
    case "datetime":
    case "date":
      return typeof value === "string" && !quoted && !Number.isNaN(Date.parse(value));
  }
}
