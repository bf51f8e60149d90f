import type { LookupValue, Value } from "./columns.ts";
import type { EnvironmentStore } from "./store.ts";
import { membershipLevel, tableNamed, tables } from "./tables.ts";
import type { Table } from "./tables.ts";

/** Registration rows go with what they belong to: the steps of an endpoint, the images of a step. */
export function removeDependents(store: EnvironmentStore, table: Table, id: string): void {
  if (table.raisesMessages) return;
  for (const collection of table.collections) {
    const dependents = store
      .rows(collection.table)
      .filter((row) => pointsAt(row.values[collection.lookup], id));
    for (const row of dependents) {
      removeDependents(store, tableNamed(row.table), row.id);
      store.remove(row.table, row.id, store.nextVersion());
    }
  }
}

/** Clears the lookups that point at a deleted row ("remove link"). Raises nothing: only change tracking shows it. */
export function clearLookupsTo(store: EnvironmentStore, table: Table, id: string): void {
  if (!table.raisesMessages) return;
  for (const other of tables.values()) {
    const lookups = [...other.columns.values()].filter(
      (column) => column.targets?.some((target) => target.table === table.name) && other.raisesMessages,
    );
    if (lookups.length === 0) continue;
    for (const row of store.rows(other.name)) {
      const hits = lookups.filter((column) => pointsAt(row.values[column.name], id));
      if (hits.length === 0) continue;
      const cleared = Object.fromEntries(hits.map((column) => [column.name, null]));
      store.put({ ...row, version: store.nextVersion(), values: { ...row.values, ...cleared } });
    }
  }
}

/** Removes a deleted row's links in the many-to-many relationship. */
export function removeLinks(store: EnvironmentStore, table: Table, id: string): void {
  if (table.name === membershipLevel.first) store.unlinkAll(membershipLevel.name, "first", id);
  if (table.name === membershipLevel.second) store.unlinkAll(membershipLevel.name, "second", id);
}

function pointsAt(value: Value | undefined, id: string): boolean {
  return typeof value === "object" && value !== null && (value satisfies LookupValue).id === id;
}
