import { idKey } from "../platform/storage/idKey.ts";
import type { Row, Write } from "../platform/storage/table.ts";
import type { Folded } from "./fold.ts";
import { toProperties } from "./recordRow.ts";

/** Bounds of one transaction: rows, and bytes with a margin below the 4 MiB that Table Storage takes. */
const mostRows = 100;
const mostBytes = 3.5 * 1024 * 1024;

/** What a row costs in a transaction's request beside its own JSON, in bytes. */
const overhead = 700;

/** A record on its way into storage. */
export interface RecordWrite {
  folded: Folded;
  write: Write;
}

/** The writes of those records that have to be stored, in transactions that each fit one request. */
export function toTransactions(partitionKey: string, records: readonly Folded[]): RecordWrite[][] {
  const transactions: RecordWrite[][] = [];
  let current: RecordWrite[] = [];
  let bytes = 0;
  for (const folded of records) {
    const write = toWrite(partitionKey, folded);
    if (!write) continue;
    const size = Buffer.byteLength(JSON.stringify(write.row)) + overhead;
    if (current.length === mostRows || bytes + size > mostBytes) {
      current = [];
      bytes = 0;
    }
    if (current.length === 0) transactions.push(current);
    current.push({ folded, write });
    bytes += size;
  }
  return transactions;
}

function toWrite(partitionKey: string, { of, before, stored }: Folded): Write | null {
  if (stored === null) return null;
  const properties = toProperties(stored.record, stored.packed);
  const row: Row = { partitionKey, rowKey: idKey(of.externalId), ...properties };
  return before === null ? { kind: "create", row } : { kind: "replace", row, etag: before.etag };
}
