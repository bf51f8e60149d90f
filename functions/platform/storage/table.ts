/** The part of Table Storage that the app uses, as an interface: one method call is one request, so costs can be counted. */

/** A property value. `Uint8Array` is stored as Binary, `bigint` as Int64, whole numbers as Int32 or Double. */
export type Value = string | number | boolean | bigint | Uint8Array | Date | null | undefined;

/** A row to write. */
export interface Row {
  partitionKey: string;
  rowKey: string;
  [property: string]: Value;
}

/** A row as it was read, with the version that guards a later write. */
export interface StoredRow {
  partitionKey: string;
  rowKey: string;
  etag: string;
  [property: string]: Value;
}

/**
 * One write. `create` fails when the row exists; `merge` and `replace` fail unless the row still has `etag`
 * (`*` = any version); `upsert` replaces whatever is there, `upsertMerge` changes the named properties of it; `delete` in a transaction cannot be guarded.
 */
export type Write =
  | { kind: "create"; row: Row }
  | { kind: "merge" | "replace"; row: Row; etag: string }
  | { kind: "upsert" | "upsertMerge"; row: Row }
  | { kind: "delete"; row: { partitionKey: string; rowKey: string } };

/** A range of rows of one partition, in key order: `from` ≤ rowKey < `to`. */
export interface Range {
  partitionKey: string;
  from?: string;
  to?: string;
  /** A further condition in OData, on properties. It does not make the read cheaper: rows are filtered where they lie. */
  filter?: string;
  select?: readonly string[];
  /** Most rows that this one request may return, at most 1,000. */
  limit?: number;
  continuation?: string;
}

/** Rows of one request. Fewer than asked, even none, with a `continuation` is legal: Table Storage stops where it likes. */
export interface RangeResult {
  rows: StoredRow[];
  /** Opaque; goes into {@link Range.continuation} of the same range for what follows. Null at the end. */
  continuation: string | null;
}

export interface Table {
  /** Writes up to 100 rows of one partition, all or nothing, in one request. Returns the new ETags in the order given. Throws {@link StorageFault}. */
  submit(writes: readonly Write[]): Promise<string[]>;
  /** Reads one row; null when it does not exist. Throws {@link StorageFault}. */
  get(partitionKey: string, rowKey: string, select?: readonly string[]): Promise<StoredRow | null>;
  /** Reads one page of a range in one request. Throws {@link StorageFault}. */
  range(range: Range): Promise<RangeResult>;
}

/**
 * What went wrong, as far as a caller can act on it.
 * - `exists`: a `create` met an existing row. - `conflict`: an ETag did not match, or the row is not there.
 * - `tooLarge`: the transaction is too large. - `ambiguous`: it may or may not have been done (time-out, lost answer, 5xx).
 * - `refused`: anything else; trying again will not help.
 */
export type FaultKind = "exists" | "conflict" | "tooLarge" | "ambiguous" | "refused";

/** Failure of a storage request. `index` is the position of the write that failed in its transaction, when it is known. */
export class StorageFault extends Error {
  readonly kind: FaultKind;
  readonly index: number | null;

  constructor(kind: FaultKind, index: number | null, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "StorageFault";
    this.kind = kind;
    this.index = index;
  }
}
