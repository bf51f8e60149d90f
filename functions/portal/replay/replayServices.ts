import type { OrganizationStore } from "../../organizations/store.ts";
import type { SendOne } from "../../platform/messaging/batchSender.ts";
import type { Table } from "../../platform/storage/table.ts";
import type { Mappings } from "../../records/mappingProvider.ts";
import type { LogTables } from "../../sync-log/logTables.ts";
import type { ProcessServices } from "../process.ts";
import type { ReplayStore } from "./replayStore.ts";

/** What replays stand on. */
export interface ReplayServices extends ProcessServices, LogTables {
  mappings: Pick<Mappings, "of" | "renew">;
  /** The table `Records`. */
  recordTable: Table;
  replays: ReplayStore;
  /** Reads an organization's row itself. */
  organizations: Pick<OrganizationStore, "get">;
  /** Sends one step of a replay to its queue. */
  sendStep: SendOne;
}

/** Events of one step: few enough to be done within the lock of its message, and to fit into one transaction. */
export const pageSize = 50;
/** Storage reads side by side. */
export const readsAtOnce = 25;
