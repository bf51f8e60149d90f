import { StorageFault } from "../../platform/storage/table.ts";
import type { FaultKind, Row, StoredRow, Table, Write } from "../../platform/storage/table.ts";

/** What the fake does with one request instead of, or after, carrying it out. */
export type Disturbance = "lost" | "answerLost" | null;

/** A table that counts its requests and can be disturbed. */
export interface FakeTable extends Table {
  /** Requests so far, as reads and transactions with their number of rows. */
  requests: { reads: number; transactions: number[] };
  rows: Map<string, StoredRow>;
  /** Called before each request; `lost`: it is not carried out, `answerLost`: it is, but the caller is not told. */
  disturb: (request: "read" | "write") => Disturbance | Promise<Disturbance>;
}

/** Table Storage in memory: all-or-nothing transactions of one partition, ETags, and faults when a test asks for them. */
export function createFakeTable(): FakeTable {
  let version = 0;
  const table: FakeTable = {
    requests: { reads: 0, transactions: [] },
    rows: new Map(),
    disturb: () => null,

    async submit(writes) {
      const disturbance = await table.disturb("write");
      if (disturbance === "lost") throw fault("ambiguous", null);
      table.requests.transactions.push(writes.length);
      if (writes.length > 100) throw fault("refused", null);
      if (Buffer.byteLength(JSON.stringify(writes)) > 4 * 1024 * 1024) throw fault("tooLarge", null);
      if (new Set(writes.map(keyOf)).size < writes.length) throw fault("refused", null);
      writes.forEach((write, index) => check(write, index));
      const etags = writes.map(carryOut);
      if (disturbance === "answerLost") throw fault("ambiguous", null);
      return etags;
    },

    async get(partitionKey, rowKey) {
      table.requests.reads++;
      if ((await table.disturb("read")) !== null) throw fault("ambiguous", null);
      return table.rows.get(`${partitionKey}/${rowKey}`) ?? null;
    },

    range: () => Promise.reject(new Error("The fake has no ranges.")),
  };

  function check(write: Write, index: number): void {
    const existing = table.rows.get(keyOf(write));
    if (write.kind === "create" && existing) throw fault("exists", index);
    if (write.kind === "replace" && existing?.etag !== write.etag) throw fault("conflict", index);
  }

  function carryOut(write: Write): string {
    const etag = `v${++version}`;
    // Through JSON, as a row goes through HTTP: what comes back shares nothing with what was sent.
    const row = JSON.parse(JSON.stringify(write.row)) as Row;
    table.rows.set(keyOf(write), { ...row, etag });
    return etag;
  }

  return table;
}

function keyOf({ row }: Write): string {
  return `${row.partitionKey}/${row.rowKey}`;
}

function fault(kind: FaultKind, index: number | null): StorageFault {
  return new StorageFault(kind, index, `${index ?? 0}:${kind}`);
}
