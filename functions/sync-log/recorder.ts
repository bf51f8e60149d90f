import type { Clock } from "../platform/clock.ts";
import type { Table } from "../platform/storage/table.ts";
import { commitEvents } from "./commit.ts";
import { createCounterRows } from "./counter-rows.ts";
import type { CounterRows } from "./counter-rows.ts";
import { createGroupCommit } from "./group-commit.ts";
import { realSleep } from "./pace.ts";
import type { Sleep } from "./pace.ts";
import type { RecordedEvent, RecordResult } from "./recorded-event.ts";
import { transactionShare } from "./transaction-size.ts";

/** Shards of an organization's counters: as many processes can write them without waiting for each other. */
const defaultShards = 4;

export interface RecorderOptions {
  /** The table `SyncLog`. */
  table: Table;
  clock: Clock;
  /** 0 ≤ number < 1: picks shards and spreads waits. */
  random?: () => number;
  sleep?: Sleep;
  /** 1 to 8: the status panel reads all of them for 31 days in one request of at most 1,000 rows. */
  shards?: number;
}

/** Records what attempts at events came to. One for the whole process: its callers share transactions. */
export interface Recorder {
  /**
   * Records attempts, of one organization or of several, and tells what each came to, in the same order. Organizations
   * are independent: when one cannot be stored the others still are, and then it throws an AggregateError with the
   * reasons. The same call may be repeated as often as needed. An attempt that was stored although its answer was
   * lost may be told as `duplicate`.
   */
  record(events: readonly RecordedEvent[]): Promise<RecordResult[]>;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const { table, clock, random = Math.random, sleep = realSleep, shards = defaultShards } = options;
  const counters = new Map<string, CounterRows>();

  function countersOf(organizationId: string): CounterRows {
    const known = counters.get(organizationId);
    if (known) return known;
    const rows = createCounterRows({ table, partitionKey: organizationId, shards, random });
    counters.set(organizationId, rows);
    return rows;
  }

  const groups = createGroupCommit<RecordedEvent, RecordResult>({
    take: transactionShare,
    commit: (organizationId, events) =>
      commitEvents(
        { table, organizationId, counters: countersOf(organizationId), clock, random, sleep },
        events,
      ),
  });

  return {
    async record(events) {
      const settled = await Promise.allSettled(
        events.map((event) => groups.add(event.organizationId, event)),
      );
      const reasons = settled.flatMap((one): unknown[] => (one.status === "rejected" ? [one.reason] : []));
      if (reasons.length > 0) {
        const message = `${reasons.length} of ${events.length} events could not be recorded; deliver them again.`;
        throw new AggregateError([...new Set(reasons)], message);
      }
      return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    },
  };
}
