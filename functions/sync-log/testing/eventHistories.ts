import { ok, strictEqual } from "node:assert/strict";
import type { Attempt } from "../../contracts/portal.ts";
import type { StoredRow } from "../../platform/storage/table.ts";
import type { RecordedEvent, RecordResult } from "../recordedEvent.ts";

/** How an event stood after a transaction. */
interface Standing {
  attempts: number;
  waitsForRetry: boolean;
  log: Attempt[];
}

/** Follows every event through every transaction, so that what a caller was told can be held against what happened. */
export function createEventHistories() {
  const histories = new Map<string, Standing[]>();
  const historyOf = ({ organizationId, eventId }: RecordedEvent) =>
    histories.get(`${organizationId} ${eventId}`) ?? [];

  return {
    /** Takes note of a partition after a transaction. */
    observe(partitionKey: string, rows: ReadonlyMap<string, StoredRow>): void {
      for (const row of rows.values()) {
        const [kind, , eventId] = row.rowKey.split("|");
        if (kind !== "e") continue;
        const name = `${partitionKey} ${eventId}`;
        const history = histories.get(name) ?? [];
        const standing = toStanding(row);
        if (standing.attempts !== history.at(-1)?.attempts) histories.set(name, [...history, standing]);
      }
    },

    /** How many standings an event has had; what comes later happened during the call. */
    length: (event: RecordedEvent) => historyOf(event).length,

    /** Checks what a caller was told of an attempt. `since`: the length of the history when its call began. */
    check(event: RecordedEvent, result: RecordResult, since: number): void {
      const history = historyOf(event);
      const name = `attempt ${event.attempt} of ${event.eventId}`;
      ok(history.length > 0, `${name} was told as ${result}, but the event is not recorded`);
      const at = new Date(event.processedAt).toISOString();
      const entry = history.at(-1)?.log.findIndex((attempt) => attempt.at === at) ?? -1;
      if (result === "duplicate") {
        const met = history.slice(Math.max(0, since - 1));
        ok(
          entry >= 0 || met.some((standing) => !isDue(event, standing)),
          `${name} was dropped though it was due`,
        );
      } else {
        ok(entry >= 0, `${name} was told as ${result}, but is not among the event's attempts`);
        strictEqual(result, entry === 0 ? "recorded" : "advanced", name);
      }
    },
  };
}

/** Whether the event still had to take this attempt. */
function isDue({ attempt, attemptKind }: RecordedEvent, standing: Standing): boolean {
  if (attempt <= standing.attempts) return false;
  return attemptKind === "replay" || (attemptKind === "retry" && standing.waitsForRetry);
}

function toStanding(row: StoredRow): Standing {
  return {
    attempts: Number(row["attempts"]),
    waitsForRetry: row["outcome"] === "error" && row["nextAttemptAt"] !== undefined,
    log: JSON.parse(String(row["attemptLog"])) as Attempt[],
  };
}
