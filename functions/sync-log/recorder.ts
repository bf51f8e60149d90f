import type { Clock } from "../platform/clock.ts";
import { realSleep } from "../platform/sleep.ts";
import type { Sleep } from "../platform/sleep.ts";
import type { Table } from "../platform/storage/table.ts";
import { commitEvents } from "./commit.ts";
import { createCounterRowsByPartition } from "./counterRows.ts";
import { createGroupCommit } from "./groupCommit.ts";
import type { RecordedEvent, RecordResult } from "./recordedEvent.ts";
import { transactionShare } from "./transactionSize.ts";

/** What a recorder stands on. All but the table and the clock have defaults for production. */
interface RecorderOptions {
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

/** Makes the recorder of events of this process. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { table, clock, random = Math.random, sleep = realSleep, shards } = options;
  const countersOf = createCounterRowsByPartition({ table, shards, random });
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
