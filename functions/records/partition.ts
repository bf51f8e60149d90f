import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../platform/clock.ts";
import { forEachLimited } from "../platform/forEachLimited.ts";
import type { Sleep } from "../platform/sleep.ts";
import { idKey } from "../platform/storage/idKey.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { fold } from "./fold.ts";
import type { Folded, RecordChanges } from "./fold.ts";
import type { RecordCache } from "./recordCache.ts";
import { packFields, toSnapshot } from "./recordRow.ts";
import type { Snapshot } from "./recordRow.ts";
import { toTransactions } from "./recordTransactions.ts";
import type { RecordWrite } from "./recordTransactions.ts";

/** Point reads that run side by side. */
const readsAtOnce = 24;

/** Rounds that the changes may take when others write the same records or storage does not answer. */
const mostRounds = 12;
/**
 * Storage that has not answered for so long, in milliseconds, is left to the caller, who may hold what it was for. One
 * request without an answer takes longer than this, and is then the last.
 */
const patienceMs = 8_000;

/** One organization's records of one kind, and what it takes to read and store them. */
export interface Partition {
  table: Table;
  cache: RecordCache;
  clock: Clock;
  /** Waits for a number of milliseconds. */
  pause: Sleep;
  organizationId: string;
  partitionKey: string;
}

/** What one round left undone, and why. */
interface Undone {
  records: readonly RecordChanges[];
  fault: StorageFault;
}

/**
 * Applies changes to the records of one partition, in rounds: read what is not in the cache, fold in memory, store in
 * transactions. What met a conflict or got no answer goes into the next round. Throws {@link StorageFault}, within some
 * twenty seconds when storage does not answer.
 */
export async function applyToPartition(
  partition: Partition,
  records: readonly RecordChanges[],
): Promise<Folded[]> {
  const done = new Map<RecordChanges, Folded>();
  const began = partition.clock();
  let waiting = records;
  for (let round = 1; ; round++) {
    const undone = await runRound(partition, waiting, round, done);
    if (undone === null) return [...done.values()];
    const isTooLong = isUnanswered(undone.fault) && partition.clock() - began >= patienceMs;
    if (round === mostRounds || isTooLong) throw undone.fault;
    waiting = undone.records;
    await partition.pause(Math.min(50 * 2 ** round, 2_000) * Math.random());
  }
}

/** Whether storage gave no answer: it is not asked for the rest of a round then, which would wait in vain for as long. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof StorageFault && error.kind === "ambiguous";
}

async function runRound(
  partition: Partition,
  records: readonly RecordChanges[],
  round: number,
  done: Map<RecordChanges, Folded>,
): Promise<Undone | null> {
  const folded: Folded[] = [];
  let failure: unknown = null;
  await forEachLimited(records, readsAtOnce, async (of) => {
    if (failure !== null) return;
    try {
      const before = await load(partition, of);
      folded.push(storedAlready(done.get(of), before) ?? fold(partition.organizationId, of, before));
    } catch (error) {
      failure = error;
    }
  });
  if (failure !== null) return { records, fault: passing(failure) };
  for (const one of folded) done.set(one.of, one);

  const undone: RecordChanges[] = [];
  let fault: StorageFault | null = null;
  for (const writes of toTransactions(partition.partitionKey, folded)) {
    const failure: StorageFault | null = isUnanswered(fault) ? fault : await store(partition, writes, round);
    if (failure === null) continue;
    fault = failure;
    undone.push(...writes.map((write) => write.folded.of));
  }
  return fault && { records: undone, fault };
}

/**
 * When a request without an answer was carried out after all, its results hold: folded again, a change that another
 * one of the same call superseded would look as if it had come too late.
 */
function storedAlready(earlier: Folded | undefined, now: Snapshot | null): Folded | null {
  if (!earlier?.stored || now === null) return null;
  const { record, packed } = earlier.stored;
  const same =
    packed === packFields(now.record.fields) && isDeepStrictEqual(record.deleted, now.record.deleted);
  return same ? { ...earlier, stored: null } : null;
}

async function load({ table, cache, partitionKey }: Partition, of: RecordChanges): Promise<Snapshot | null> {
  const rowKey = idKey(of.externalId);
  const cached = cache.get(cacheKey(partitionKey, of));
  if (cached) return cached;
  const row = await table.get(partitionKey, rowKey);
  if (!row) return null;
  const snapshot = toSnapshot(row);
  cache.set(cacheKey(partitionKey, of), snapshot);
  return snapshot;
}

/** Stores one transaction; returns the fault after which its records have to be read and folded again. */
async function store(
  { table, cache, partitionKey }: Partition,
  writes: readonly RecordWrite[],
  round: number,
): Promise<StorageFault | null> {
  try {
    const etags = await table.submit(writes.map(({ write }) => write));
    for (const [index, { folded }] of writes.entries()) {
      const etag = etags[index];
      const key = cacheKey(partitionKey, folded.of);
      if (!etag || !folded.stored) cache.delete(key);
      else cache.set(key, { record: folded.stored.record, etag, size: folded.stored.packed.length });
    }
    return null;
  } catch (error) {
    const fault = passing(error);
    // Storage names the first conflict only. When another one follows there may be many: then all are read again.
    const named =
      fault.kind === "ambiguous" || round > 1 || fault.index === null ? null : writes[fault.index];
    for (const { folded } of named ? [named] : writes) cache.delete(cacheKey(partitionKey, folded.of));
    return fault;
  }
}

/** A fault that another round can get over; any other error is thrown. */
function passing(error: unknown): StorageFault {
  if (error instanceof StorageFault && ["exists", "conflict", "ambiguous"].includes(error.kind)) return error;
  throw error;
}

function cacheKey(partitionKey: string, of: RecordChanges): string {
  return `${partitionKey}|${of.externalId}`;
}
