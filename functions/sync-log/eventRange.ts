import type { EventQuery, EventSummary } from "../contracts/portal.ts";
import { quote } from "../platform/storage/azureTable.ts";
import type { Range } from "../platform/storage/table.ts";
import { summaryColumns } from "./eventRow.ts";
import { after, endOf, eventPrefix, indexPrefix, invertedTime } from "./keys.ts";

/** A query without its page. */
export type EventFilter = Omit<EventQuery, "limit" | "cursor">;

/**
 * The rows that hold the events of a query, newest first. Outcome `error` or `skipped` and the time bounds choose
 * the range; everything else is a condition that storage checks row by row. `begin`: only after this position,
 * or from it on when `inclusive`.
 */
export function eventRange(
  organizationId: string,
  query: EventFilter,
  begin?: { position: string; inclusive: boolean },
): Range {
  const { outcome } = query;
  const prefix = outcome === "error" || outcome === "skipped" ? indexPrefix(outcome) : eventPrefix;
  const newest = query.to === undefined ? prefix : `${prefix}${invertedTime(Date.parse(query.to) - 1)}|`;
  const oldest = query.from === undefined ? prefix : `${prefix}${invertedTime(Date.parse(query.from))}|`;
  const filter = conditions(query);
  return {
    partitionKey: organizationId,
    from: latest(
      newest,
      begin && (begin.inclusive ? prefix + begin.position : after(prefix + begin.position)),
    ),
    to: endOf(oldest),
    select: summaryColumns,
    ...(filter === "" ? {} : { filter }),
  };
}

/** Whether an event that was found by its id belongs to the query's answer. `q` is not looked at. */
export function matches(event: EventSummary, query: EventFilter): boolean {
  const { outcome, type, recordId, from, to } = query;
  const received = Date.parse(event.receivedAt);
  return (
    (outcome === undefined || event.outcome === outcome) &&
    (type === undefined || event.eventType === type) &&
    (recordId === undefined || event.recordId === recordId || event.recordId === recordId.toLowerCase()) &&
    (from === undefined || received >= Date.parse(from)) &&
    (to === undefined || received < Date.parse(to))
  );
}

function conditions({ outcome, type, recordId, q }: EventFilter): string {
  const parts: string[] = [];
  if (outcome === "success") parts.push(`outcome eq 'success'`);
  if (type !== undefined) parts.push(`eventType eq ${quote(type)}`);
  if (recordId !== undefined) parts.push(`(${recordIs(recordId)})`);
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
