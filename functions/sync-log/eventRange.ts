import type { Outcome } from "../contracts/common.ts";
import { outcomeCatalogue, outcomeCode } from "../contracts/outcomes.ts";
import type { EventFilter } from "../contracts/portal.ts";
import { quote } from "../platform/odata.ts";
import { invertedTime } from "../platform/storage/invertedTime.ts";
import type { Range, StoredRow, Table } from "../platform/storage/table.ts";
import { summaryColumns } from "./eventRow.ts";
import { after, endOf, eventPrefix, indexPrefix, recordPrefix } from "./keys.ts";
import type { LogTables } from "./logTables.ts";
import { recordIdsOf } from "./recordRows.ts";
import { toSummary } from "./storedEvent.ts";

/** A range of rows, and the table that they are in. */
export interface EventRange {
  table: Table;
  range: Range;
}

/**
 * The rows that hold the events of a query, newest first. A record, else the outcome `error` or `skipped` (its own or
 * that of its code), and the time bounds choose the range; everything else is a condition that storage checks row by
 * row. `begin`: only after this position, or from it on when `inclusive`.
 */
export function eventRange(
  { syncLog, recordEvents }: LogTables,
  organizationId: string,
  query: EventFilter,
  begin?: { position: string; inclusive: boolean },
): EventRange {
  const wanted = withCode(query);
  const { recordId } = wanted;
  const outcome = outcomeOf(wanted);
  const prefix = recordId === undefined ? logPrefix(outcome) : recordPrefix(recordId);
  const newest = query.to === undefined ? prefix : `${prefix}${invertedTime(Date.parse(query.to) - 1)}|`;
  const oldest = query.from === undefined ? prefix : `${prefix}${invertedTime(Date.parse(query.from))}|`;
  const from = latest(
    newest,
    begin && (begin.inclusive ? prefix + begin.position : after(prefix + begin.position)),
  );
  // Keys know no time before 1970, and nothing was received then.
  const isEmpty = outcome === "none" || (query.to !== undefined && Date.parse(query.to) <= 0);
  const filter = conditions(wanted);
  const range = {
    partitionKey: organizationId,
    from,
    to: isEmpty ? from : endOf(oldest),
    select: summaryColumns,
    ...(filter === "" ? {} : { filter }),
  };
  return { table: recordId === undefined ? syncLog : recordEvents, range };
}

/** Whether an event row that was found by its id belongs to the query's answer. `q` is not looked at. */
export function matches(eventRow: StoredRow, query: EventFilter): boolean {
  const { outcome, code, type, recordId, from, to } = query;
  const event = toSummary(eventRow);
  const received = Date.parse(event.receivedAt);
  return (
    (outcome === undefined || event.outcome === outcome) &&
    (code === undefined || event.code === code) &&
    (type === undefined || event.eventType === type) &&
    (recordId === undefined || recordIdsOf(eventRow).includes(recordId.toLowerCase())) &&
    (from === undefined || received >= Date.parse(from)) &&
    (to === undefined || received < Date.parse(to))
  );
}

/** A search for exactly a code is the filter by that code, which has a range of its own. */
function withCode(query: EventFilter): EventFilter {
  const searched = outcomeCode.safeParse(query.q);
  if (query.code !== undefined || !searched.success) return query;
  return { ...query, code: searched.data, q: undefined };
}

/** The outcome of the events that are asked for; `none` when the code belongs to another one, so that there are none. */
function outcomeOf({ outcome, code }: EventFilter): Outcome | "none" | undefined {
  if (code === undefined) return outcome;
  const own = outcomeCatalogue[code].outcome;
  return outcome === undefined || outcome === own ? own : "none";
}

function logPrefix(outcome: Outcome | "none" | undefined): string {
  return outcome === "error" || outcome === "skipped" ? indexPrefix(outcome) : eventPrefix;
}

function conditions({ outcome, code, type, recordId, q }: EventFilter): string {
  const parts: string[] = [];
  const isInRange = outcome === undefined || (outcome !== "success" && recordId === undefined);
  if (!isInRange) parts.push(`outcome eq ${quote(outcome)}`);
  if (code !== undefined) parts.push(`code eq ${quote(code)}`);
  if (type !== undefined) parts.push(`eventType eq ${quote(type)}`);
  if (q) parts.push(`(${searched(q)})`);
  return parts.join(" and ");
}

/** Table Storage cannot look inside a text, but it can compare its beginning. `~` sorts after what event types are made of. */
function searched(q: string): string {
  return [
    recordIs(q),
    `correlationId eq ${quote(q)}`,
    `code eq ${quote(q)}`,
    `(eventType ge ${quote(q)} and eventType lt ${quote(`${q}~`)})`,
  ].join(" or ");
}

/** Record ids are GUIDs in lower case; who copies one from elsewhere may have capitals. */
function recordIs(id: string): string {
  return [...new Set([id, id.toLowerCase()])].map((one) => `recordId eq ${quote(one)}`).join(" or ");
}

function latest(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}
