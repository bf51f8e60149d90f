import type { Attempt } from "../contracts/portal.ts";
import type { Value } from "../platform/storage/table.ts";
import { writePayload } from "./payloadColumns.ts";
import type { RecordedEvent } from "./recordedEvent.ts";

/** Most attempts that an event remembers; of more, the latest stay. */
const maxAttemptLog = 20;

/** An event as it stands after its accepted attempts: what its row holds. Times are milliseconds since 1970 UTC. */
export interface EventState extends Omit<RecordedEvent, "attempt" | "attemptKind" | "payload"> {
  /** Number of the last accepted attempt. */
  attempts: number;
  attemptLog: Attempt[];
  /** The payload as columns: that of the first accepted attempt, never changed later. */
  payload: Record<string, Value>;
}

/**
 * Whether an attempt changes the event. The first one always does. A replay does when its number is greater.
 * An automatic retry does only while the event is an error that waits for one: when the event came right in
 * the meantime, the retry that was scheduled before has nothing left to say.
 */
export function accepts(state: EventState | null, event: RecordedEvent): boolean {
  if (state === null) return true;
  if (event.attempt <= state.attempts) return false;
  if (event.attemptKind === "retry") return state.outcome === "error" && state.nextAttemptAt !== null;
  return event.attemptKind === "replay";
}

/**
 * The event after an accepted attempt. Key and payload stay those of the first; what Dynamics said of the event is filled
 * in by the first that reads the content.
 */
export function apply(state: EventState | null, event: RecordedEvent): EventState {
  const { attempt, attemptKind, payload, ...rest } = event;
  const entry: Attempt = {
    number: attempt,
    kind: attemptKind,
    at: new Date(event.processedAt).toISOString(),
    outcome: event.outcome,
    code: event.code,
    message: event.message,
  };
  if (state === null) {
    return { ...rest, attempts: attempt, attemptLog: [entry], payload: writePayload(payload) };
  }
  return {
    ...state,
    outcome: event.outcome,
    code: event.code,
    message: event.message,
    table: event.table ?? state.table,
    recordId: event.recordId ?? state.recordId,
    // A dead letter knows fewer records than were found before it; the index of records relies on none being lost.
    recordIds: [...new Set([...state.recordIds, ...event.recordIds])],
    correlationId: event.correlationId ?? state.correlationId,
    operationId: state.operationId ?? event.operationId,
    initiatingUserId: state.initiatingUserId ?? event.initiatingUserId,
    operationCreatedAt: state.operationCreatedAt ?? event.operationCreatedAt,
    textRepaired: state.textRepaired || event.textRepaired,
    steps: event.steps,
    changes: event.changes,
    processedAt: event.processedAt,
    nextAttemptAt: event.nextAttemptAt,
    attempts: attempt,
    attemptLog: [...state.attemptLog, entry].slice(-maxAttemptLog),
  };
}
