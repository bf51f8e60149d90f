import type { Outcome } from "../contracts/common.ts";
import type { FieldChange } from "../contracts/portal.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Row, Value } from "../platform/storage/table.ts";
import { clip, clipOrNull } from "./clip.ts";
import type { EventState } from "./eventState.ts";
import { eventKey, heldKey, indexKey } from "./keys.ts";
import { listColumnNames, readList, writeList } from "./listColumns.ts";

/** Columns of a line of the event log: of event rows and of index rows alike. */
export const summaryColumns: readonly string[] = [
  "outcome",
  "code",
  "message",
  "eventType",
  "table",
  "recordId",
  "correlationId",
  "processedAt",
  "attempts",
  "nextAttemptAt",
];

const changesColumns = 4;
const attemptColumns = 2;

/** Columns of everything about an event but its payload. */
export const detailColumns: readonly string[] = [
  ...summaryColumns,
  "operationId",
  "initiatingUserId",
  "operationCreatedAt",
  "textRepaired",
  "payloadBytes",
  "recordIds",
  "steps",
  ...listColumnNames("changes", changesColumns),
  ...listColumnNames("attemptLog", attemptColumns),
];

const maxMessage = 2_000;
const maxName = 500;
const maxFieldValue = 4_000;

/** The event's row. All its columns together stay under 1 MiB: every text has its limit, and what is cut says so. */
export function toEventRow(state: EventState): Row {
  return {
    ...toIndexableRow(state),
    ...present({
      operationId: clipOrNull(state.operationId, maxName),
      initiatingUserId: clipOrNull(state.initiatingUserId, maxName),
      operationCreatedAt: toInstantOrNull(state.operationCreatedAt),
    }),
    textRepaired: state.textRepaired,
    ...writeList(
      "steps",
      state.steps.map((step) => ({ ...step, detail: clip(step.detail, maxMessage) })),
      1,
    ),
    ...writeChanges(state.changes),
    ...writeList(
      "attemptLog",
      state.attemptLog.map((entry) => ({ ...entry, message: clipOrNull(entry.message, maxMessage) })),
      attemptColumns,
    ),
    ...state.payload,
  };
}

/** The index row of an event that is not a success. */
export function toIndexRow(state: EventState, outcome: Exclude<Outcome, "success">): Row {
  return toListRow(state, indexKey(outcome, state.receivedAt, state.eventId));
}

/** The part of an event's row that its rows in the index of records are made of: the list columns and the ids of its records. */
export function toIndexableRow(state: EventState): Row {
  return {
    ...toListRow(state, eventKey(state.receivedAt, state.eventId)),
    ...writeList("recordIds", state.recordIds, 1),
  };
}

/** The row that lists an event among those that wait for the integration to be resumed. */
export function toHeldRow(state: EventState): Row {
  return toListRow(state, heldKey(state.receivedAt, state.eventId));
}

function toListRow(state: EventState, rowKey: string): Row {
  return {
    partitionKey: state.organizationId,
    rowKey,
    outcome: state.outcome,
    attempts: state.attempts,
    eventType: clip(state.eventType, maxName),
    processedAt: toInstant(state.processedAt),
    ...present({
      code: state.code,
      message: clipOrNull(state.message, maxMessage),
      table: clipOrNull(state.table, maxName),
      recordId: clipOrNull(state.recordId, maxName),
      correlationId: clipOrNull(state.correlationId, maxName),
      nextAttemptAt: toInstantOrNull(state.nextAttemptAt),
    }),
  };
}

/** Leaves out what is null: a row that lacks a column costs less than one with an empty value. */
function present(columns: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null));
}

/** The changes of an event as its row gives them back: with long values cut, and the last ones left out of many. */
export function keptChanges(changes: readonly FieldChange[]): FieldChange[] {
  const row = { partitionKey: "", rowKey: "", ...writeChanges(changes) };
  return readList(row, "changes");
}

function writeChanges(changes: readonly FieldChange[]): Record<string, Value> {
  return writeList("changes", changes.map(withShortValues), changesColumns, changesLeftOut);
}

function withShortValues(change: FieldChange): FieldChange {
  return { ...change, old: shortValue(change.old), new: shortValue(change.new) };
}

function shortValue(value: unknown): unknown {
  const json = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return json.length <= maxFieldValue ? value : clip(json, maxFieldValue);
}

function changesLeftOut(count: number): FieldChange {
  return { recordId: "", field: `${count} more fields`, old: null, new: null };
}
