import { systemClock } from "../platform/clock.ts";
import type { Clock } from "../platform/clock.ts";
import { realSleep } from "../platform/sleep.ts";
import type { Sleep } from "../platform/sleep.ts";
import { idKey } from "../platform/storage/idKey.ts";
import type { Table } from "../platform/storage/table.ts";
import type { ChangeResult, RecordChanges } from "./fold.ts";
import type { RecordKind } from "../contracts/mapping.ts";
import { createOneAtATime } from "./oneAtATime.ts";
import { applyToPartition, isUnanswered } from "./partition.ts";
import type { PlatformRecord, RecordChange } from "./record.ts";
import { createRecordCache } from "./recordCache.ts";
import type { RecordCache } from "./recordCache.ts";
import { partitionOf, toSnapshot } from "./recordRow.ts";

/** Where records are kept. The cache may be shared by stores of one process. */
interface RecordStoreOptions {
  table: Table;
  cache?: RecordCache;
  clock?: Clock;
  /** Waits for a number of milliseconds before what failed is tried again. */
  pause?: Sleep;
}

/** The way to change records. */
export interface RecordStore {
  /**
   * Applies changes to an organization's records and returns what each came to, in the order given. A record is
   * stored at most once, many in one transaction. The call may be repeated: it then comes to the same. Throws
   * `StorageFault` when storage fails for good; the changes may be stored in part by then.
   */
  apply(organizationId: string, changes: readonly RecordChange[]): Promise<ChangeResult[]>;
}

/**
 * The records in Table Storage. Those that were read or written last are taken from a cache without asking whether
 * they are still the newest. That is safe because stamps only grow: a change that does not advance the record as it
 * was does not advance it as it is, and a change that does is stored only if the row still has the ETag that it was
 * read with. If it has not, the record is dropped from the cache, read again, and the change applied anew.
 *
 * A request that may or may not have been carried out is resolved in the same way: read again, apply again. What was
 * stored already has the same stamp, changes nothing more and yields the same result.
 */
export function createRecordStore(options: RecordStoreOptions): RecordStore {
  const { table, cache = createRecordCache(), clock = systemClock, pause = realSleep } = options;
  const oneAtATime = createOneAtATime(isUnanswered);

  return {
    async apply(organizationId, changes) {
      const results = new Map<RecordChange, ChangeResult>();
      const partitions = [...groupByRecord(changes)].map(async ([kind, records]) => {
        const partitionKey = partitionOf(organizationId, kind);
        const partition = { table, cache, clock, pause, organizationId, partitionKey };
        const folded = await oneAtATime(partitionKey, () => applyToPartition(partition, records));
        for (const { of, results: found } of folded) {
          of.changes.forEach((change, index) => results.set(change, found[index] as ChangeResult));
        }
      });
      const ended = await Promise.allSettled(partitions);
      for (const one of ended) if (one.status === "rejected") throw one.reason;
      return changes.map((change) => results.get(change) as ChangeResult);
    },
  };
}

/** Reads one record, also a deleted one; null when there is none. Throws `StorageFault`. */
export async function readRecord(
  table: Table,
  organizationId: string,
  kind: RecordKind,
  externalId: string,
): Promise<PlatformRecord | null> {
  const row = await table.get(partitionOf(organizationId, kind), idKey(externalId));
  return row ? toSnapshot(row).record : null;
}

/** The changes by kind and record, both in the order of their first change. */
function groupByRecord(changes: readonly RecordChange[]): Map<RecordKind, RecordChanges[]> {
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  return new Map(
    [...kinds].map(([kind, ofKind]) => {
      const records = Map.groupBy(ofKind, ({ externalId }) => externalId.toLowerCase());
      return [kind, [...records].map(([externalId, changes]) => ({ kind, externalId, changes }))];
    }),
  );
}
