import type { Sleep } from "../platform/sleep.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table, Write } from "../platform/storage/table.ts";
import { toWrite } from "./counterRows.ts";
import type { CounterRow, CounterRows, CounterWrite } from "./counterRows.ts";
import { addTo, countedColumns, hourColumn } from "./counters.ts";
import type { Deltas } from "./counters.ts";
import { dayKey, noteKey } from "./keys.ts";
import { createPace } from "./pace.ts";
import { toRejectionRow } from "./rejection.ts";
import type { Rejection } from "./rejection.ts";
import { countedSlots } from "./rejectionSlots.ts";

/** Most detail rows per hour, reason and shard; what comes after is only counted. */
const maxDetailRows = 20;

/** Nobody delivers a rejection again, so an outage of storage of some two minutes is waited out. */
const outage = { ambiguousTries: 40, patienceMs: Number.POSITIVE_INFINITY };

/** What commits of one partition in one process share. One commit at a time may use it. */
interface RejectionLog {
  table: Table;
  partitionKey: string;
  counters: CounterRows;
  /** Id of this process as a writer: nobody else writes its notes. */
  writer: string;
  newId: () => string;
  random: () => number;
  sleep: Sleep;
}

/** One commit while it is tried: the ids stay the same over all tries. */
interface Commit {
  id: string;
  details: readonly { rejection: Rejection; id: string }[];
  /** Keys of the notes that a try may have written. */
  notes: Set<string>;
}

/**
 * Counts rejections in one transaction. A rejection has no identity that a repetition could meet, so next to each
 * counter row the writer keeps a note of its own with the id of its last commit there, written in the same
 * transaction: after an answer that leaves open what happened, that note tells.
 */
export async function commitRejections(log: RejectionLog, rejections: readonly Rejection[]): Promise<void> {
  const pace = createPace({ ...log, ...outage });
  const details = rejections.map((rejection) => ({ rejection, id: log.newId() }));
  const commit: Commit = { id: log.newId(), details, notes: new Set() };
  for (;;) {
    try {
      await tryCommit(log, commit);
      return;
    } catch (fault) {
      if (!(fault instanceof StorageFault) || fault.kind === "refused" || fault.kind === "tooLarge")
        throw fault;
      if (fault.kind === "ambiguous") log.counters.forget();
      else log.counters.moveOn();
      await pace(fault);
    }
  }
}

/**
 * The order is what makes it exact. The counter rows are read before the notes: an earlier try that arrives late is
 * then either seen in its note, or it changes the ETag that this try is about to use. And only a conflict, which
 * says that the ETag has changed, leads to another shard.
 */
async function tryCommit(log: RejectionLog, commit: Commit): Promise<void> {
  const { table, partitionKey, counters } = log;
  const shard = counters.shard();
  const days = Map.groupBy(commit.details, ({ rejection }) => dayKey("r", rejection.at, shard));
  const seen = await counters.load([...days.keys()]);
  if (await isNoted(log, commit)) return;
  const writes: Write[] = [];
  const counted: CounterWrite[] = [];
  for (const [rowKey, ofDay] of days) {
    const base = seen.get(rowKey) as CounterRow;
    const { deltas, rows } = tally(base, ofDay);
    const note = { partitionKey, rowKey: noteKey(rowKey, log.writer), commit: commit.id };
    writes.push(...rows, { kind: "upsert", row: note });
    const times = ofDay.map(({ rejection }) => rejection.at);
    const slots = countedSlots(base.columns["slots"], times);
    counted.push({ rowKey, base, columns: { ...countedColumns(base.columns, deltas), slots } });
    commit.notes.add(note.rowKey);
  }
  const firstCounter = writes.length;
  const etags = await table.submit([...writes, ...counted.map((write) => toWrite(partitionKey, write))]);
  for (const [index, write] of counted.entries()) counters.remember(write, etags[firstCounter + index] ?? "");
}

async function isNoted({ table, partitionKey }: RejectionLog, { id, notes }: Commit): Promise<boolean> {
  const rows = await Promise.all([...notes].map((key) => table.get(partitionKey, key)));
  return rows.some((row) => row?.["commit"] === id);
}

/** Counts a day's rejections, and gives a row to those that are among the first of their hour, reason and shard. */
function tally(
  base: CounterRow,
  details: readonly { rejection: Rejection; id: string }[],
): { deltas: Deltas; rows: Write[] } {
  const deltas: Deltas = new Map();
  const rows: Write[] = [];
  for (const { rejection, id } of details) {
    const column = hourColumn(rejection.reason, rejection.at);
    const before = Number(base.columns[column] ?? 0) + (deltas.get(column) ?? 0);
    if (before < maxDetailRows) rows.push({ kind: "upsert", row: toRejectionRow(rejection, id) });
    addTo(deltas, column, 1);
  }
  return { deltas, rows };
}
