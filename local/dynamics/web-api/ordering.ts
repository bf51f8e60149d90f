import type { EnvironmentStore, Row } from "../data/store.ts";
import type { Table } from "../data/tables.ts";
import { toComparable } from "./filter.ts";
import { resolvePath } from "./properties.ts";
import type { QueryOptions } from "./queryOptions.ts";

type Plain = string | number | boolean | null;

/** A total order of rows: the columns asked for, then the id, so that pages neither overlap nor leave gaps. */
type Ordering = {
  /** A row's place in the order. */
  keyOf: (row: Row) => Plain[];
  compare: (left: Plain[], right: Plain[]) => number;
};

/** Builds the order that `$orderby` asks for. */
export function orderingOf(
  store: EnvironmentStore,
  table: Table,
  orderBy: QueryOptions["orderBy"],
): Ordering {
  const columns = orderBy.map(({ path, descending }) => {
    const { column, read } = resolvePath(store, table, path);
    return { read: (row: Row) => toComparable(column, read(row)), direction: descending ? -1 : 1 };
  });
  return {
    keyOf: (row) => [...columns.map(({ read }) => read(row)), row.id],
    compare: (left, right) => {
      for (const [index, value] of left.entries()) {
        const difference = comparePlain(value, right[index] ?? null);
        if (difference !== 0) return difference * (columns[index]?.direction ?? 1);
      }
      return 0;
    },
  };
}

/** Nothing comes before everything, as in Dataverse's database. */
function comparePlain(left: Plain, right: Plain): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}
