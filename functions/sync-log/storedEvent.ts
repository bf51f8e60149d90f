import type { Outcome } from "../contracts/common.ts";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { EventDetail, EventSummary } from "../contracts/portal.ts";
import { toInstant } from "../platform/clock.ts";
import type { Row, StoredRow } from "../platform/storage/table.ts";
import type { EventState } from "./eventState.ts";
import { parsePosition, positionIn } from "./keys.ts";
import { readList } from "./listColumns.ts";
import { keptPayload } from "./payloadColumns.ts";

/** A line of the event log, from an event row or an index row. */
export function toSummary(row: StoredRow): EventSummary {
  const { receivedAt, eventId } = parsePosition(positionIn(row.rowKey));
  return {
    eventId,
    organizationId: row.partitionKey,
    outcome: row["outcome"] as Outcome,
    code: text(row, "code") as OutcomeCode | null,
    message: text(row, "message"),
    eventType: text(row, "eventType") ?? "",
    table: text(row, "table"),
    recordId: text(row, "recordId"),
    receivedAt: toInstant(receivedAt),
    processedAt: text(row, "processedAt") ?? toInstant(receivedAt),
    attempts: Number(row["attempts"]),
    nextAttemptAt: text(row, "nextAttemptAt"),
  };
}

/** All that an event row says, without the payload. */
export function toDetail(row: StoredRow): EventDetail {
  const summary = toSummary(row);
  return {
    ...summary,
    recordIds: readList(row, "recordIds"),
    correlationId: text(row, "correlationId"),
    operationId: text(row, "operationId"),
    initiatingUserId: text(row, "initiatingUserId"),
    operationCreatedAt: text(row, "operationCreatedAt"),
    textRepaired: row["textRepaired"] === true,
    payloadBytes: Number(row["payloadBytes"] ?? 0),
    steps: readList(row, "steps"),
    changes: readList(row, "changes"),
    attemptLog: readList(row, "attemptLog"),
    advice: summary.code === null ? null : adviceFor(summary.code),
  };
}

/** The event as a later attempt finds it. The row must have been read with all its columns. */
export function toState(row: StoredRow): EventState {
  const { payloadBytes: _bytes, advice: _advice, ...detail } = toDetail(row);
  return {
    ...detail,
    receivedAt: Date.parse(detail.receivedAt),
    processedAt: Date.parse(detail.processedAt),
    nextAttemptAt: milliseconds(detail.nextAttemptAt),
    operationCreatedAt: milliseconds(detail.operationCreatedAt),
    payload: keptPayload(row),
  };
}

/** A text column; null when the row does not have it. */
export function text(row: Row | StoredRow, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}

function adviceFor(code: OutcomeCode): EventDetail["advice"] {
  const { title, whatHappened, whatToDo, owner, retryable } = outcomeCatalogue[code];
  return { title, whatHappened, whatToDo, owner, retryable };
}

function milliseconds(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
