import { performance } from "node:perf_hooks";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { EventStep, FieldChange } from "../contracts/portal.ts";
import type { Outcome } from "../contracts/common.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { Log } from "../platform/log.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { RecordStore } from "../records/recordStore.ts";
import type { ChangeResult } from "../records/fold.ts";
import { unexpected } from "./understand.ts";
import { step } from "./understood.ts";
import type { Understood } from "./understood.ts";

/** What an event came to. */
export interface Result {
  understood: Understood;
  outcome: Outcome;
  code: OutcomeCode | null;
  message: string | null;
  retryAfterMs: number | null;
  changes: FieldChange[];
  steps: EventStep[];
}

/**
 * Writes what the events ask for to the records of their organization, all in one go. When something fails
 * that is not storage being away, the events are tried one by one, so that only the one at fault becomes an error.
 */
export async function writeRecords(
  organizationId: string,
  events: readonly Understood[],
  records: RecordStore,
  log: Log & { invocationId: string },
): Promise<Result[]> {
  const decided = events.filter((event) => !("changes" in event.next)).map(decidedResult);
  const asking = events.filter((event) => "changes" in event.next);
  return [...decided, ...(await applyTogether(organizationId, asking, records, log))];
}

async function applyTogether(
  organizationId: string,
  events: readonly Understood[],
  records: RecordStore,
  log: Log & { invocationId: string },
): Promise<Result[]> {
  if (events.length === 0) return [];
  const began = performance.now();
  try {
    const applied = await records.apply(organizationId, events.flatMap(changesOf));
    const durationMs = performance.now() - began;
    let next = 0;
    return events.map((event) => {
      const own = applied.slice(next, next + changesOf(event).length);
      next += own.length;
      return appliedResult(event, own, durationMs);
    });
  } catch (error) {
    if (isStorageAway(error)) throw error;
    const [only] = events;
    if (events.length === 1 && only) return [failedResult(only, unexpected(only.event, error, log))];
    const results: Result[] = [];
    for (const event of events) results.push(...(await applyTogether(organizationId, [event], records, log)));
    return results;
  }
}

/** Whether it can help to try again later. */
export function isStorageAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isStorageAway);
  return error instanceof StorageFault && error.kind !== "refused" && error.kind !== "tooLarge";
}

function changesOf({ next }: Understood) {
  return "changes" in next ? next.changes : [];
}

function decidedResult(understood: Understood): Result {
  if (!("decision" in understood.next))
    throw new TypeError("An event that is still to be read was given for writing.");
  return { understood, ...understood.next.decision, changes: [], steps: understood.steps };
}

function failedResult(understood: Understood, message: string): Result {
  const steps = [...understood.steps, step("written", message, "failed")];
  return {
    understood,
    outcome: "error",
    code: "platform.unexpected",
    message,
    retryAfterMs: null,
    changes: [],
    steps,
  };
}

/** An error of any of its records is the event's; otherwise it is a success if it changed anything; otherwise the first reason why not. */
function appliedResult(understood: Understood, applied: readonly ChangeResult[], durationMs: number): Result {
  const changes = applied.flatMap((one) => one.changes);
  const failed = applied.find((one) => one.outcome === "error");
  if (!failed && applied.some((one) => one.outcome === "success")) {
    const fields = changes.length === 1 ? "1 field differs" : `${changes.length} fields differ`;
    const steps = [
      ...understood.steps,
      step("compared", `${fields} from what was here.`),
      step("written", "The record was written.", "done", durationMs),
    ];
    return { understood, outcome: "success", code: null, message: null, retryAfterMs: null, changes, steps };
  }
  const outcome = failed ? "error" : "skipped";
  const reason = failed ?? applied[0];
  const code = reason?.code ?? "record.unchanged";
  const message = reason?.message ?? outcomeCatalogue[code].whatHappened;
  const last = step("compared", message, failed ? "failed" : "skipped", durationMs);
  return {
    understood,
    outcome,
    code,
    message,
    retryAfterMs: null,
    changes,
    steps: [...understood.steps, last],
  };
}
