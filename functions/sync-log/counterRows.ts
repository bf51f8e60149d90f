import type { Table, Value, Write } from "../platform/storage/table.ts";

/** A counter row as it was read or last written. `etag` null: it does not exist yet. */
export interface CounterRow {
  etag: string | null;
  columns: Readonly<Record<string, Value>>;
}

/** A write to a counter row, and what the row holds once it is done. */
export interface CounterWrite {
  rowKey: string;
  base: CounterRow;
  columns: Record<string, Value>;
}

/** One process's view of an organization's counter rows: its shard, and what it last saw in the rows of that shard. */
export type CounterRows = ReturnType<typeof createCounterRows>;

/** Shards of an organization's counters: as many processes can write them without waiting for each other. */
const defaultShards = 4;

/** Most rows that are remembered of one partition. */
const cacheSize = 16;

/**
 * Every write to a counter row is guarded by the ETag seen here. {@link CounterRows.load} hands out a snapshot:
 * a commit computes with that alone, since after any wait the cache may be somebody else's.
 */
function createCounterRows(options: {
  table: Table;
  partitionKey: string;
  shards: number;
  random: () => number;
}) {
  const { table, partitionKey, shards, random } = options;
  const cache = new Map<string, CounterRow>();
  let shard = Math.floor(random() * shards);

  async function read(rowKey: string): Promise<CounterRow> {
    const row = await table.get(partitionKey, rowKey);
    if (row === null) return { etag: null, columns: {} };
    const { etag, ...columns } = row;
    return { etag, columns };
  }

  return {
    /** The shard this process writes to. */
    shard: () => shard,

    async load(rowKeys: readonly string[]): Promise<Map<string, CounterRow>> {
      const rows = rowKeys.map(async (key) => [key, cache.get(key) ?? (await read(key))] as const);
      return new Map(await Promise.all(rows));
    },

    /** Keeps what a successful commit has written. */
    remember({ rowKey, base, columns }: CounterWrite, etag: string): void {
      cache.delete(rowKey);
      if (etag !== "") cache.set(rowKey, { etag, columns: { ...base.columns, ...columns } });
      for (const oldest of cache.keys()) {
        if (cache.size <= cacheSize) break;
        cache.delete(oldest);
      }
    },

    forget(): void {
      cache.clear();
    },

    /** Goes to another shard, because somebody else writes to this one. */
    moveOn(): void {
      cache.clear();
      if (shards > 1) shard = (shard + 1 + Math.floor(random() * (shards - 1))) % shards;
    },
  };
}

/** The counter rows of each partition, made when they are first asked for. */
export function createCounterRowsByPartition(options: {
  table: Table;
  shards?: number | undefined;
  random: () => number;
}): (partitionKey: string) => CounterRows {
  const { shards = defaultShards, ...rest } = options;
  const known = new Map<string, CounterRows>();
  return (partitionKey) => {
    const rows = known.get(partitionKey) ?? createCounterRows({ ...rest, partitionKey, shards });
    known.set(partitionKey, rows);
    return rows;
  };
}

/** The guarded write for a transaction. */
export function toWrite(partitionKey: string, { rowKey, base, columns }: CounterWrite): Write {
  const row = { ...columns, partitionKey, rowKey };
  return base.etag === null ? { kind: "create", row } : { kind: "merge", row, etag: base.etag };
}
