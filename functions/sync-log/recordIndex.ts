import { forEachLimited } from "../platform/forEachLimited.ts";
import { realSleep } from "../platform/sleep.ts";
import type { Sleep } from "../platform/sleep.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Row, Table, Write } from "../platform/storage/table.ts";
import { apply } from "./eventState.ts";
import { toIndexableRow } from "./eventRow.ts";
import { createGroupCommit } from "./groupCommit.ts";
import type { LogTables } from "./logTables.ts";
import { findEvent } from "./lookUp.ts";
import { createPace } from "./pace.ts";
import type { RecordedEvent, RecordResult } from "./recordedEvent.ts";
import type { Recorder } from "./recorder.ts";
import { indexableColumns, toRecordRows } from "./recordRows.ts";

/** Most rows of one transaction of Table Storage. */
const maxWrites = 100;

/** Reads side by side. */
const concurrency = 32;

/** What the index stands on. All but the tables have defaults for production. */
interface RecordIndexOptions extends LogTables {
  /** 0 ≤ number < 1: spreads waits. */
  random?: () => number;
  sleep?: Sleep;
}

/** The index of records: which events touched which record, each as it stands in the log. */
interface RecordIndex {
  /**
   * Brings the index rows of these events to what the log says. `results` is what recording them came to, in the same
   * order. Throws an AggregateError when some could not be written; the same call may be repeated as often as needed.
   */
  follow(events: readonly RecordedEvent[], results: readonly RecordResult[]): Promise<void>;
}

/** One event to be brought up to date. */
interface Entry {
  eventId: string;
  /** Its rows when it is certain how it was recorded; null when the log has to be read. */
  rows: Row[] | null;
}

/**
 * Makes the index of this process. The order of writers does not matter: an index row is only created where there is
 * none, or replaced under its ETag by one of a later attempt, and whoever recorded an attempt goes on until the index
 * has it or a later one. After a crash in between the message comes again, its events are duplicates then, and are
 * looked up in the log.
 */
export function createRecordIndex(options: RecordIndexOptions): RecordIndex {
  const { syncLog, recordEvents, random = Math.random, sleep = realSleep } = options;
  const groups = createGroupCommit<Entry, void>({
    take: shareOf,
    commit: async (organizationId, entries) => {
      const log = { syncLog, recordEvents, random, sleep, organizationId };
      await bringUpToDate(log, oneForEach(entries));
      return [];
    },
  });

  return {
    async follow(events, results) {
      const byOrganization = Map.groupBy(
        events.map((event, place) => ({ event, result: results[place] ?? "duplicate" })),
        ({ event }) => event.organizationId,
      );
      const adding = [...byOrganization].flatMap(([organizationId, told]) =>
        oneForEach(told.map(toEntry)).map((entry) => groups.add(organizationId, entry)),
      );
      const settled = await Promise.allSettled(adding);
      const reasons = settled.flatMap((one): unknown[] => (one.status === "rejected" ? [one.reason] : []));
      if (reasons.length === 0) return;
      throw new AggregateError(
        [...new Set(reasons)],
        `${reasons.length} events could not be indexed; deliver them again.`,
      );
    },
  };
}

/** A recorder that has told of no event before the index has it. */
export function withRecordIndex(recorder: Recorder, index: RecordIndex): Recorder {
  return {
    async record(events) {
      const results = await recorder.record(events);
      await index.follow(events, results);
      return results;
    },
  };
}

/**
 * Brings the index rows of events that may have been recorded before a crash to what the log says. Throws
 * `StorageFault` when that cannot be done; may be repeated.
 */
export async function indexAgain(
  options: RecordIndexOptions,
  organizationId: string,
  eventIds: readonly string[],
): Promise<void> {
  const { syncLog, recordEvents, random = Math.random, sleep = realSleep } = options;
  const log = { syncLog, recordEvents, random, sleep, organizationId };
  await bringUpToDate(
    log,
    [...new Set(eventIds)].map((eventId) => ({ eventId, rows: null })),
  );
}

/** A first attempt that was just recorded stands in the log as it was given; of any other the log has to be asked. */
function toEntry({ event, result }: { event: RecordedEvent; result: RecordResult }): Entry {
  const { eventId } = event;
  if (result !== "recorded") return { eventId, rows: null };
  return { eventId, rows: toRecordRows(toIndexableRow(apply(null, { ...event, payload: null }))) };
}

/** One entry for each event. Where several attempts are told of, the log has to be asked. */
function oneForEach(entries: readonly Entry[]): Entry[] {
  const byEvent = Map.groupBy(entries, ({ eventId }) => eventId);
  return [...byEvent].map(([eventId, own]) => ({
    eventId,
    rows: own.length === 1 ? (own[0]?.rows ?? null) : null,
  }));
}

function shareOf(waiting: Iterable<Entry>): number {
  let rows = 0;
  let count = 0;
  for (const entry of waiting) {
    rows += entry.rows?.length ?? 1;
    if (rows > maxWrites) break;
    count += 1;
  }
  return count;
}

interface IndexLog extends Required<RecordIndexOptions> {
  organizationId: string;
}

async function bringUpToDate(log: IndexLog, entries: readonly Entry[]): Promise<void> {
  const pace = createPace(log);
  for (let waiting = entries; ;) {
    try {
      const writes = await writesOf(log, waiting);
      for (let start = 0; start < writes.length; start += maxWrites)
        await log.recordEvents.submit(writes.slice(start, start + maxWrites));
      return;
    } catch (fault) {
      if (!(fault instanceof StorageFault) || fault.kind === "refused" || fault.kind === "tooLarge")
        throw fault;
      waiting = waiting.map(({ eventId }) => ({ eventId, rows: null }));
      await pace(fault);
    }
  }
}

/** What the index lacks of these events. The rows of those that the log has to be asked of are compared with it. */
async function writesOf(log: IndexLog, entries: readonly Entry[]): Promise<Write[]> {
  const writes = entries.flatMap(({ rows }) => rows ?? []).map((row): Write => ({ kind: "create", row }));
  const found: Row[] = [];
  const asked = entries.filter(({ rows }) => rows === null);
  await forEachLimited(asked, concurrency, async ({ eventId }) => {
    const event = await findEvent(log.syncLog, log.organizationId, eventId, indexableColumns);
    if (event) found.push(...toRecordRows(event));
  });
  await forEachLimited(found, concurrency, async (row) => {
    const write = await writeOf(log.recordEvents, row);
    if (write) writes.push(write);
  });
  return writes;
}

/** The number of attempts of an event only grows, so it tells which of two states is the later one. */
async function writeOf(table: Table, row: Row): Promise<Write | null> {
  const present = await table.get(row.partitionKey, row.rowKey, ["attempts"]);
  if (present === null) return { kind: "create", row };
  if (Number(present["attempts"]) >= Number(row["attempts"])) return null;
  return { kind: "replace", row, etag: present.etag };
}
