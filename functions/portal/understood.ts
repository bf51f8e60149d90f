import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { EventStep } from "../contracts/portal.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import type { NeededRow } from "../records/interpretation.ts";
import type { RecordChange } from "../records/record.ts";
import type { EventMessage } from "./eventMessage.ts";

/** An event that is decided before any record is touched. */
interface Decision {
  outcome: "error" | "skipped";
  code: OutcomeCode;
  message: string;
  /** How long whoever failed asks to wait before the next attempt, in milliseconds; null when it does not say. */
  retryAfterMs: number | null;
}

/** An event on its way: the message, what it was understood to say, and the steps it has taken. */
export interface Understood {
  event: EventMessage;
  /** Null when the content could not be read. */
  context: DynamicsContext | null;
  steps: EventStep[];
  /** What it asks for: changes of records, a row to be read first, or nothing because it is decided. */
  next: { changes: RecordChange[] } | { read: NeededRow } | { decision: Decision };
}

/** Ids of the records that an event touches: those that it names, and those that it changes beside them, as a link does. */
export function touchedRecords({ context, next }: Understood): string[] {
  const changed = "changes" in next ? next.changes.map(({ externalId }) => externalId) : [];
  return [...new Set([...(context?.recordIds ?? []), ...changed])];
}

/** A step that is done, failed or was not needed; the time it took is known in milliseconds or not at all. */
export function step(
  name: EventStep["name"],
  detail: string,
  result: EventStep["result"] = "done",
  durationMs: number | null = null,
): EventStep {
  return { name, result, detail, durationMs: durationMs === null ? null : Math.round(durationMs * 10) / 10 };
}
