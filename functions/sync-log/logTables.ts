import type { Table } from "../platform/storage/table.ts";

/** The tables that hold the event log. */
export interface LogTables {
  /** The table `SyncLog`: events, counters and rejections. */
  syncLog: Table;
  /** The table `RecordEvents`: the index of events by record. */
  recordEvents: Table;
}
