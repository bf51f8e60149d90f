import { randomUUID } from "node:crypto";
import { realSleep } from "../sleep.ts";
import type { Sleep } from "../sleep.ts";
import { StorageFault } from "./table.ts";
import type { Row, StoredRow, Table } from "./table.ts";

/** How one row is changed. `T` is what the row means to the caller. */
export interface RowChange<T> {
  /** Null is a row that is not there. What it throws ends the change and reaches the caller. */
  read: (row: StoredRow | null) => T;
  /** The same object when there is nothing to write. Called again on what others left; what it throws ends the change. */
  change: (current: T) => T;
  /** Everything that is kept, without {@link recentEdits}, which is added to it. */
  toRow: (changed: T) => Row;
}

/** What a row meant before and after a change. */
export interface Changed<T> {
  before: T;
  after: T;
}

/** People seldom meet; whoever loses this often meets a machine. */
const maxTries = 6;
/** Waits after the first and the second request without an answer; the third is given up. */
const pausesMs = [100, 500];
/** Others may change the row before it is read again; more than so many meanwhile are not expected. */
const maxRecentEdits = 8;

/**
 * Reads a row, changes it and writes it, guarded by its ETag: when somebody else was faster, again on what they left.
 * The row keeps the ids of its last edits. So a change whose answer was lost is known again when it was carried out,
 * and the caller goes on, as to the audit log, instead of repeating what would then seem to change nothing.
 * Throws a {@link StorageFault} of kind `ambiguous` when that cannot be found out, or others are always faster.
 */
export async function changeRow<T extends { etag: string | null }>(
  table: Table,
  key: { partitionKey: string; rowKey: string },
  { read, change, toRow }: RowChange<T>,
  sleep: Sleep = realSleep,
): Promise<Changed<T>> {
  const id = randomUUID();
  let tried: Changed<T> | null = null;
  for (let tries = 1, faults = 0; tries <= maxTries; tries += 1) {
    try {
      const row = await table.get(key.partitionKey, key.rowKey);
      const edits = recentEdits(row);
      if (row && tried && edits.includes(id)) return edits.at(-1) === id ? withEtag(tried, row.etag) : tried;
      const before = read(row);
      const after = change(before);
      if (after === before) return { before, after };
      tried = { before, after };
      const written = {
        ...toRow(after),
        recentEdits: JSON.stringify([...edits, id].slice(-maxRecentEdits)),
      };
      const [etag = ""] = await table.submit([
        row ? { kind: "replace", row: written, etag: row.etag } : { kind: "create", row: written },
      ]);
      return withEtag(tried, etag);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      if (error.kind === "conflict" || error.kind === "exists") continue;
      const pause = pausesMs[faults++];
      if (error.kind !== "ambiguous" || pause === undefined) throw error;
      await sleep(pause);
    }
  }
  throw new StorageFault("ambiguous", null, `Others keep changing the row ${key.rowKey}.`);
}

/** Ids of the last edits of a row, the newest last. Whoever replaces a row by other means keeps them. */
export function recentEdits(row: StoredRow | null): string[] {
  return JSON.parse(String(row?.["recentEdits"] ?? "[]")) as string[];
}

function withEtag<T extends { etag: string | null }>(
  { before, after }: Changed<T>,
  etag: string,
): Changed<T> {
  return { before, after: { ...after, etag } };
}
