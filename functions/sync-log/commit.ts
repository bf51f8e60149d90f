import type { Clock } from "../platform/clock.ts";
import type { Sleep } from "../platform/sleep.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { toWrite } from "./counterRows.ts";
import type { CounterRows } from "./counterRows.ts";
import { counterWrites } from "./counterWrites.ts";
import { lookUp } from "./lookUp.ts";
import { createPace } from "./pace.ts";
import { changeOf, toPending } from "./pending.ts";
import type { Change, Pending } from "./pending.ts";
import type { RecordedEvent, RecordResult } from "./recordedEvent.ts";
import { fits } from "./transactionSize.ts";

/** What commits of one organization in one process share. One commit at a time may use it. */
interface OrganizationLog {
  table: Table;
  organizationId: string;
  counters: CounterRows;
  clock: Clock;
  random: () => number;
  sleep: Sleep;
}

/**
 * Records attempts at events of one organization, each exactly once, and moves the counters with them in the same
 * transaction. An event is only ever counted where its row is created or replaced under its ETag, so that whatever
 * happens to a request (lost, repeated, late), it counts with its rows or not at all. Throws when storage does not
 * let it: nothing is half done then, and the same call may be made again.
 */
export async function commitEvents(
  log: OrganizationLog,
  events: readonly RecordedEvent[],
): Promise<RecordResult[]> {
  const results: RecordResult[] = [];
  for (const change of await commitPending(log, toPending(events))) {
    for (const { place, result } of change.results) results[place] = result;
  }
  return results;
}

async function commitPending(log: OrganizationLog, events: Pending[]): Promise<Change[]> {
  const pace = createPace(log);
  for (;;) {
    const answer = await tryCommit(log, events);
    if ("changes" in answer) return answer.changes;
    const { fault, at } = answer;
    if (fault.kind === "refused") throw fault;
    if (fault.kind === "tooLarge") return commitHalves(log, events, fault);
    if (fault.kind === "ambiguous") {
      // The same rows again: had they been written, they conflict now.
      log.counters.forget();
    } else if (at === "counters") {
      log.counters.moveOn();
    } else {
      // Where one event is recorded already others may be as well: all are looked up, not only the one that was named.
      for (const pending of events) pending.known = undefined;
      if (at === null) log.counters.forget();
    }
    await pace(fault);
  }
}

interface Failure {
  fault: StorageFault;
  /** Whose row it was that the transaction failed at; null when that is unknown. */
  at: "events" | "counters" | null;
}

/** One transaction, from what is known of the events. */
async function tryCommit(
  log: OrganizationLog,
  events: readonly Pending[],
): Promise<{ changes: Change[] } | Failure> {
  let eventWrites = 0;
  try {
    await lookUp(log.table, log.organizationId, events);
    const changes = events.map(changeOf);
    const writes = changes.flatMap((change) => change.writes);
    eventWrites = writes.length;
    if (eventWrites === 0) return { changes };
    const moves = changes.flatMap(({ move }) => move ?? []);
    const successes = changes.flatMap((change) => change.successes);
    const counters = await counterWrites(log.counters, moves, successes, log.clock());
    writes.push(...counters.map((write) => toWrite(log.organizationId, write)));
    if (!fits(writes)) throw new StorageFault("tooLarge", null, "The transaction would be too large.");
    const etags = await log.table.submit(writes);
    for (const [index, write] of counters.entries()) {
      log.counters.remember(write, etags[eventWrites + index] ?? "");
    }
    return { changes };
  } catch (fault) {
    if (!(fault instanceof StorageFault)) throw fault;
    const { index } = fault;
    return { fault, at: index === null ? null : index < eventWrites ? "events" : "counters" };
  }
}

async function commitHalves(log: OrganizationLog, events: Pending[], fault: StorageFault): Promise<Change[]> {
  if (events.length < 2) throw fault;
  const middle = Math.ceil(events.length / 2);
  const first = await commitPending(log, events.slice(0, middle));
  return [...first, ...(await commitPending(log, events.slice(middle)))];
}
