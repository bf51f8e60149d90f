import type { Attempt, EventStep, FieldChange } from "../contracts/portal.ts";
import type { Outcome } from "../contracts/common.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { StoredRow } from "../platform/storage/table.ts";

/** The content of an event as it was received: gzip JSON here, or under a blob name when it was too large for the queue. */
export type Payload = { bytes: number } & ({ gzip: Uint8Array } | { blob: string });

/** What one attempt at processing an event came to: the input of the sync log. Times are milliseconds since 1970 UTC. */
export interface RecordedEvent {
  organizationId: string;
  eventId: string;
  /** Stamped once, at the door, and carried in the message: the row's key depends on it. */
  receivedAt: number;
  /** 1 for the first delivery; a later attempt has a greater number. */
  attempt: number;
  attemptKind: Attempt["kind"];
  outcome: Outcome;
  code: OutcomeCode | null;
  message: string | null;
  eventType: string;
  table: string | null;
  recordId: string | null;
  recordIds: string[];
  correlationId: string | null;
  operationId: string | null;
  initiatingUserId: string | null;
  operationCreatedAt: number | null;
  textRepaired: boolean;
  payload: Payload | null;
  steps: EventStep[];
  changes: FieldChange[];
  processedAt: number;
  /** When the next automatic attempt is due; null when none was scheduled. */
  nextAttemptAt: number | null;
}

/** Whether an event, or a row of one, waits for the integration to be resumed. */
export function isHeld({ code }: Pick<RecordedEvent, "code"> | StoredRow): boolean {
  return code === "integration.paused";
}

/** What recording came to: `recorded` the first time, `advanced` by a later attempt, `duplicate` when it was known already. */
export type RecordResult = "recorded" | "advanced" | "duplicate";
