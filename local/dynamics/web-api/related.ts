import type { EnvironmentStore, Row } from "../data/store.ts";
import { membershipLevel, tableNamed } from "../data/tables.ts";
import type { Table } from "../data/tables.ts";

/** A collection-valued navigation property: the table that it leads to, and a row's rows there. */
type RelatedRows = { table: Table; of: (row: Row) => Row[] };

/** The many-to-many side on which a table stands, when it stands on one. */
export function membershipSide(table: Table): "first" | "second" | undefined {
  if (table.name === membershipLevel.first) return "first";
  return table.name === membershipLevel.second ? "second" : undefined;
}

/** What a collection-valued navigation property of that name leads to. */
export function relatedRows(store: EnvironmentStore, table: Table, name: string): RelatedRows | undefined {
  const side = membershipSide(table);
  if (side && name === membershipLevel.name) {
    const other = tableNamed(side === "first" ? membershipLevel.second : membershipLevel.first);
    const read = (id: string) => store.row(other.name, id) ?? [];
    return { table: other, of: (row) => store.linked(membershipLevel.name, side, row.id).flatMap(read) };
  }
  const collection = table.collections.find((candidate) => candidate.navigation === name);
  if (!collection) return undefined;
  const pointsAt = (candidate: Row, id: string) => {
    const value = candidate.values[collection.lookup];
    return typeof value === "object" && value !== null && value.id === id;
  };
  return {
    table: tableNamed(collection.table),
    of: (row) => store.rows(collection.table).filter((candidate) => pointsAt(candidate, row.id)),
  };
}
