import { StorageFault } from "../../platform/storage/table.ts";
import type {
  FaultKind,
  Range,
  RangeResult,
  Row,
  StoredRow,
  Value,
  Write,
} from "../../platform/storage/table.ts";

/** Rows of one partition by row key. */
export type ModelRows = ReadonlyMap<string, StoredRow>;

/**
 * What Table Storage promises, in memory and without a network: transactions that happen as a whole or not at all,
 * ETags, key order and the limits that the service enforces. Every call takes effect at once.
 */
export interface ModelTable {
  submit(writes: readonly Write[]): string[];
  get(partitionKey: string, rowKey: string, select?: readonly string[]): StoredRow | null;
  range(range: Range): RangeResult;
  /** All rows of a partition as they are now. */
  rows(partitionKey: string): ModelRows;
}

const maxWrites = 100;
const maxRequestBytes = 4 * 1024 * 1024;
const maxRowBytes = 1024 * 1024;
const maxPropertyBytes = 64 * 1024;
const maxProperties = 252;
const forbiddenInKeys = /[/\\#?\p{Cc}]/u;

/** `committed` is called after each transaction with its partition. What it throws comes out of `submit`. */
export function createModelTable(committed: (partitionKey: string) => void = () => {}): ModelTable {
  const partitions = new Map<string, Map<string, StoredRow>>();
  let version = 0;
  const rowsOf = (partitionKey: string) => partitions.get(partitionKey) ?? new Map<string, StoredRow>();

  return {
    submit(writes) {
      const partitionKey = checkTransaction(writes);
      const rows = new Map(rowsOf(partitionKey));
      const etags = writes.map((write, index) => {
        version += 1;
        return applyWrite(rows, write, index, `W/"${version}"`);
      });
      partitions.set(partitionKey, rows);
      committed(partitionKey);
      return etags;
    },
    get(partitionKey, rowKey, select) {
      const row = rowsOf(partitionKey).get(rowKey);
      return row ? project(row, select) : null;
    },
    range({ partitionKey, from = "", to = "\uffff", filter, select, limit = 1000, continuation = "" }) {
      if (filter !== undefined) throw new Error("The model does not evaluate filters; use Azurite.");
      const start = continuation > from ? continuation : from;
      const keys = [...rowsOf(partitionKey).keys()].filter((key) => key >= start && key < to).toSorted();
      const rows = keys.slice(0, limit).map((key) => rowsOf(partitionKey).get(key) as StoredRow);
      return { rows: rows.map((row) => project(row, select)), continuation: keys[limit] ?? null };
    },
    rows: rowsOf,
  };
}

function applyWrite(rows: Map<string, StoredRow>, write: Write, index: number, etag: string): string {
  const { rowKey } = write.row;
  const present = rows.get(rowKey);
  const fail = (kind: FaultKind, code: string) => {
    throw new StorageFault(kind, index, `${index}:${code}`);
  };
  if (write.kind === "create" && present) fail("exists", "EntityAlreadyExists");
  const isUpsert = write.kind === "upsert" || write.kind === "upsertMerge";
  if (write.kind !== "create" && !isUpsert && !present) fail("conflict", "ResourceNotFound");
  if (
    (write.kind === "merge" || write.kind === "replace") &&
    write.etag !== "*" &&
    write.etag !== present?.etag
  ) {
    fail("conflict", "UpdateConditionNotSatisfied");
  }
  if (write.kind === "delete") {
    rows.delete(rowKey);
    return "";
  }
  const kept = write.kind === "merge" || write.kind === "upsertMerge" ? present : undefined;
  const row: StoredRow = { ...kept, ...withoutNulls(write.row), etag };
  if (Object.keys(row).length - 3 > maxProperties) fail("refused", "TooManyProperties");
  if (sizeOf(row) > maxRowBytes) fail("tooLarge", "EntityTooLarge");
  rows.set(rowKey, row);
  return etag;
}

/** The checks that a request fails before anything in it is looked up. Returns the partition. */
function checkTransaction(writes: readonly Write[]): string {
  const [first] = writes;
  if (!first) throw new TypeError("A transaction needs at least one write.");
  const refuse = (code: string) => {
    throw new StorageFault("refused", null, code);
  };
  if (writes.length > maxWrites) refuse("InvalidInput");
  const { partitionKey } = first.row;
  if (writes.some(({ row }) => row.partitionKey !== partitionKey))
    refuse("CommandsInBatchActOnDifferentPartitions");
  if (new Set(writes.map(({ row }) => row.rowKey)).size < writes.length) refuse("InvalidDuplicateRow");
  for (const { row } of writes) {
    if (forbiddenInKeys.test(row.rowKey) || row.rowKey.length > 512) refuse("OutOfRangeInput");
    if (Object.values(row).some((value) => valueSize(value) > maxPropertyBytes))
      refuse("PropertyValueTooLarge");
  }
  const bytes = writes.reduce((sum, { row }) => sum + sizeOf(row), 0);
  if (bytes > maxRequestBytes) throw new StorageFault("tooLarge", null, "RequestBodyTooLarge");
  return partitionKey;
}

function project(row: StoredRow, select: readonly string[] | undefined): StoredRow {
  const { partitionKey, rowKey, etag } = row;
  if (!select) return { ...row };
  const held = select.filter((name) => row[name] !== undefined);
  return { partitionKey, rowKey, etag, ...Object.fromEntries(held.map((name) => [name, row[name]])) };
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  ) as Row;
}

function sizeOf(row: Row | StoredRow): number {
  return Object.entries(row).reduce((sum, [name, value]) => sum + 8 + 2 * name.length + valueSize(value), 4);
}

function valueSize(value: Value): number {
  if (typeof value === "string") return 2 * value.length;
  return value instanceof Uint8Array ? value.length : 8;
}
