import type { EnvironmentStore } from "../data/store.ts";
import type { Table } from "../data/tables.ts";

/** Whether the table has change tracking: as shipped, or switched on since. */
export function isTracked(store: EnvironmentStore, table: Table): boolean {
  return table.changeTracking || store.setting(settingName(table)) === "on";
}

/** Switches change tracking on. There is no way back, as in Dataverse. */
export function enableTracking(store: EnvironmentStore, table: Table): void {
  store.setSetting(settingName(table), "on");
}

function settingName(table: Table): string {
  return `changeTracking:${table.name}`;
}
