import {
  maxFields,
  maxFieldsInAll,
  namePatterns,
  tooManyInAll,
} from "../../../functions/contracts/mapping.ts";
import type { TableEdit } from "./edits.ts";

/** What is wrong, by the key of the table, field or link and the name of the input: `<key>.column`. */
export type Faults = ReadonlyMap<string, string>;

/** Finds what the server would refuse, so that it is said beside the input. */
export function checkEdits(edits: readonly TableEdit[]): Faults {
  const faults = new Map<string, string>();
  const check = (key: string, input: string, value: string, kind: keyof typeof namePatterns): void => {
    const { pattern, fault } = namePatterns[kind];
    if (!pattern.test(value.trim())) faults.set(`${key}.${input}`, fault);
  };
  let inAll = 0;
  for (const table of edits) {
    check(table.key, "table", table.table, "logical");
    check(table.key, "idColumn", table.idColumn, "logical");
    if (table.entitySet.trim() !== "") check(table.key, "entitySet", table.entitySet, "logical");
    if (table.fields.length > maxFields)
      faults.set(`${table.key}.fields`, `A table can have at most ${maxFields} fields.`);
    inAll += table.fields.length + table.links.length;
    if (inAll > maxFieldsInAll) faults.set(`${table.key}.fields`, tooManyInAll);
    for (const { key, field, column } of table.fields) {
      check(key, "field", field, "field");
      check(key, "column", column, "logical");
    }
    for (const { key, relationship, field } of table.links) {
      check(key, "relationship", relationship, "logical");
      check(key, "field", field, "field");
    }
    for (const { key } of repeated(table.fields, ({ field }) => field.trim()))
      faults.set(`${key}.field`, "This field is there twice: two columns cannot become the same field.");
    for (const { key } of repeated(table.links, ({ relationship }) => relationship.trim().toLowerCase()))
      faults.set(
        `${key}.relationship`,
        "This relationship is there twice: a relationship can become one field.",
      );
  }
  for (const { key } of repeated(edits, ({ table }) => table.trim()))
    faults.set(`${key}.table`, "This table is there twice: a table can be mapped once.");
  return faults;
}

/** Those whose name an earlier one has already. */
function repeated<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const names = items.map(nameOf);
  return items.filter((_, index) => names[index] !== "" && names.indexOf(names[index] ?? "") < index);
}

/** How many of the faults are in this table. */
export function faultsIn(table: TableEdit, faults: Faults): number {
  const keys = new Set([
    table.key,
    ...table.fields.map(({ key }) => key),
    ...table.links.map(({ key }) => key),
  ]);
  return [...faults.keys()].filter((path) => keys.has(path.slice(0, path.lastIndexOf(".")))).length;
}
