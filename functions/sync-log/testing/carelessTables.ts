import { StorageFault } from "../../platform/storage/table.ts";
import type { StoredRow, Table, Write } from "../../platform/storage/table.ts";

/**
 * Each of these undoes one precaution of the recorder on its way to the table, as if it had been forgotten in the code.
 * The property test must find every one of them out, or it proves nothing.
 */
export const carelessRecording: Record<string, (table: Table) => Table> = {
  "counters are written without their ETag": withoutCounterEtags,

  "a conflict at one event is taken for the whole batch being done": (table) => ({
    ...table,
    async submit(writes) {
      try {
        return await table.submit(writes);
      } catch (fault) {
        if (fault instanceof StorageFault && fault.kind === "exists") return writes.map(() => "");
        throw fault;
      }
    },
  }),

  "counters go in a second transaction": (table) => ({
    ...table,
    async submit(writes) {
      const events = writes.filter((write) => !isCounter(write));
      const counters = writes.filter(isCounter);
      const etags = await table.submit(events);
      return counters.length === 0 ? etags : [...etags, ...(await table.submit(counters))];
    },
  }),

  "rows are put where they should be created": (table) =>
    withWrites(table, (write) =>
      write.kind === "create" && !isCounter(write) ? { kind: "upsert", row: write.row } : write,
    ),

  "events have no identity row": (table) => ({
    ...table,
    submit: (writes) => table.submit(writes.filter((write) => !write.row.rowKey.startsWith("i|"))),
  }),

  "a later attempt does not look at the ETag": (table) =>
    withWrites(table, (write) => (write.kind === "replace" ? { ...write, ...anyVersion } : write)),

  "a later attempt moves no counter": (table) => ({
    ...table,
    submit: (writes) =>
      table.submit(writes.some(({ kind }) => kind === "replace") ? writes.filter(isNotCounter) : writes),
  }),

  "a later attempt leaves its old index row": (table) => ({
    ...table,
    submit: (writes) => table.submit(writes.filter(({ kind }) => kind !== "delete")),
  }),

  "counts come from a cache that others have written to meanwhile": (table) => {
    const cache = new Map<string, StoredRow>();
    return {
      ...table,
      async get(partitionKey, rowKey, select) {
        const row = await table.get(partitionKey, rowKey, select);
        if (row === null || !rowKey.startsWith("d|")) return row;
        const key = `${partitionKey} ${rowKey}`;
        cache.set(key, { ...(cache.get(key) ?? row), etag: row.etag });
        return cache.get(key) ?? row;
      },
    };
  },
};

/** The same for the recorder of rejections. */
export const carelessRejecting: Record<string, (table: Table) => Table> = {
  "counters are written without their ETag": withoutCounterEtags,

  "no note is kept of the last commit": (table) => ({
    ...table,
    submit: (writes) => table.submit(writes.filter((write) => !write.row.rowKey.startsWith("c|"))),
  }),

  "the detail of a rejection goes in a second transaction": (table) => ({
    ...table,
    async submit(writes) {
      const details = writes.filter((write) => write.row.rowKey.startsWith("r|"));
      const etags = await table.submit(writes.filter((write) => !details.includes(write)));
      if (details.length > 0) await table.submit(details);
      return [...details.map(() => ""), ...etags];
    },
  }),
};

const anyVersion = { etag: "*" };

function withoutCounterEtags(table: Table): Table {
  return withWrites(table, (write) => {
    if (!isCounter(write)) return write;
    return write.kind === "create" ? { kind: "upsert", row: write.row } : { ...write, ...anyVersion };
  });
}

function withWrites(table: Table, change: (write: Write) => Write): Table {
  return { ...table, submit: (writes) => table.submit(writes.map(change)) };
}

function isCounter(write: Write): boolean {
  return write.row.rowKey.startsWith("d|");
}

function isNotCounter(write: Write): boolean {
  return !isCounter(write);
}
