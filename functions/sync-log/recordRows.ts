import type { Row, StoredRow } from "../platform/storage/table.ts";
import { summaryColumns } from "./eventRow.ts";
import { positionIn, recordEventKey } from "./keys.ts";
import { readList } from "./listColumns.ts";
import { text } from "./storedEvent.ts";

/** Most records of one event whose history shows it. */
const maxRecords = 100;

/** Columns of an event's row that {@link toRecordRows} reads. */
export const indexableColumns: readonly string[] = [...summaryColumns, "recordIds"];

/** Ids of the records that an event touched. Over its attempts the list only grows, at its end. */
export function recordIdsOf(eventRow: Row | StoredRow): string[] {
  const named = text(eventRow, "recordId");
  const ids = [...readList<string>(eventRow, "recordIds"), ...(named === null ? [] : [named])];
  return [...new Set(ids.map((id) => id.toLowerCase()))].slice(0, maxRecords);
}

/** The rows of an event in the table `RecordEvents`: what a line of the log shows, once for each record. */
export function toRecordRows(eventRow: Row | StoredRow): Row[] {
  const { partitionKey } = eventRow;
  const held = summaryColumns.filter((name) => eventRow[name] !== undefined && eventRow[name] !== null);
  const columns = Object.fromEntries(held.map((name) => [name, eventRow[name]]));
  return recordKeysOf(eventRow).map((rowKey) => ({ ...columns, partitionKey, rowKey }));
}

/** Keys of {@link toRecordRows}. */
export function recordKeysOf(eventRow: Row | StoredRow): string[] {
  const place = positionIn(eventRow.rowKey);
  return recordIdsOf(eventRow).map((id) => recordEventKey(id, place));
}
