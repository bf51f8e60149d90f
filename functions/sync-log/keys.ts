/**
 * The row keys of the tables `SyncLog` and `RecordEvents`; the partition is the organization. A key is a pure function
 * of the message, never of the time of writing, so that a repeated delivery meets the row it made before.
 *
 * | key | row |
 * | --- | --- |
 * | `e|inv|eventId` | the event, newest first |
 * | `i|eventId` | where the event's row is; its insert conflict means "already recorded" |
 * | `x|outcome|inv|eventId` | copy of the list columns of an event that is not a success |
 * | `h|inv|eventId` | copy of the list columns of an event that is held because the integration is paused |
 * | `d|00000000|sNN` | latest times and the last hour in five-minute slots, one row per shard |
 * | `d|inv(day)|sNN` | events of a day by outcome and hour, one row per shard |
 * | `d|inv(day)|rNN` | rejections of a day by reason and hour, and of its last hour in slots, one row per shard |
 * | `r|inv|id` | one rejection |
 * | `c|inv(day)|rNN|writer` | which commit one writer of rejections last made to that counter row |
 *
 * The rows `e`, `i`, `x` and `h` of an event are written together. The first three must be removed together; an event that
 * is held is never removed. In `RecordEvents` the key `record|inv|eventId` is a copy of the list columns of an event, one
 * row for each record that it touched.
 */
import type { Outcome } from "../contracts/common.ts";
import { idKey } from "../platform/storage/idKey.ts";
import { invertedTime, timeOf } from "../platform/storage/invertedTime.ts";

/** Partition of what belongs to no organization: requests whose address names none. */
export const noOrganization = "-";

/** What an organization's counters count: `s` the events by outcome (sync), `r` the rejections. */
type CounterKind = "s" | "r";

const latestDay = 99_999_999;

/** Place of an event in the log: sorts newest first, events of the same millisecond by id. `receivedAt` in milliseconds. */
export function position(receivedAt: number, eventId: string): string {
  return `${invertedTime(receivedAt)}|${eventId}`;
}

/** The {@link position} in the key of an event, index or rejection row. */
export function positionIn(key: string): string {
  return /\|(\d{13}\|.+)$/.exec(key)?.[1] ?? "";
}

/** Back from {@link position}. */
export function parsePosition(text: string): { receivedAt: number; eventId: string } {
  return { receivedAt: timeOf(text), eventId: text.slice(14) };
}

/** Start of all event rows. */
export const eventPrefix = "e|";

/** Key of an event's row. */
export function eventKey(receivedAt: number, eventId: string): string {
  return eventPrefix + position(receivedAt, eventId);
}

/** Key of the row that says where an event's row is. */
export function identityKey(eventId: string): string {
  return `i|${eventId}`;
}

/** Start of the index rows of one outcome. Successes have none: they are most of the log. */
export function indexPrefix(outcome: Exclude<Outcome, "success">): string {
  return `x|${outcome}|`;
}

/** Key of an event's index row. */
export function indexKey(outcome: Exclude<Outcome, "success">, receivedAt: number, eventId: string): string {
  return indexPrefix(outcome) + position(receivedAt, eventId);
}

/** Start of the rows of one record's events, in the table `RecordEvents`. */
export function recordPrefix(recordId: string): string {
  return `${idKey(recordId)}|`;
}

/** Key of the row of one event of a record; `place` as {@link position} makes it. */
export function recordEventKey(recordId: string, place: string): string {
  return recordPrefix(recordId) + place;
}

/** Start of the rows of events that are held until the integration is resumed. */
export const heldPrefix = "h|";

/** Key of the row that says that an event is held. */
export function heldKey(receivedAt: number, eventId: string): string {
  return heldPrefix + position(receivedAt, eventId);
}

/** Start of all counter rows. */
export const counterPrefix = "d|";

/** Start of a day's counter rows; the newest day sorts first. Days are UTC days. */
export function dayPrefix(ms: number): string {
  const day = new Date(ms).toISOString().slice(0, 10).replaceAll("-", "");
  return `${counterPrefix}${String(latestDay - Number(day)).padStart(8, "0")}|`;
}

/** Key of a shard's counter row of one day. */
export function dayKey(kind: CounterKind, ms: number, shard: number): string {
  return dayPrefix(ms) + shardName(kind, shard);
}

/** Start of the rows of latest times. They sort before every day, so that a range of days can begin with them. */
export const latestPrefix = `${counterPrefix}00000000|`;

/** Key of a shard's row of latest times. */
export function latestKey(shard: number): string {
  return latestPrefix + shardName("s", shard);
}

/** Start of all rejection rows. */
export const rejectionPrefix = "r|";

/** Key of the row of one rejection. */
export function rejectionKey(at: number, id: string): string {
  return rejectionPrefix + position(at, id);
}

/** Start of the notes of writers of rejections. */
export const notePrefix = "c|";

/** Where a writer of rejections notes its last commit to a counter row. */
export function noteKey(counterKey: string, writer: string): string {
  return `${notePrefix}${counterKey.slice(counterPrefix.length)}|${writer}`;
}

/** First key after all that start with a prefix ending in `|`. */
export function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}}`;
}

/** First key after this one, among keys that are never extensions of each other. `!` is the least character after the space. */
export function after(key: string): string {
  return `${key}!`;
}

function shardName(kind: CounterKind, shard: number): string {
  return kind + String(shard).padStart(2, "0");
}
