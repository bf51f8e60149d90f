/**
 * The rows of the table `Replays`; the partition is the organization. `inv` turns the time round: the newest first.
 *
 * | key | row |
 * | --- | --- |
 * | `p|inv(startedAt)-random` | one replay: selection, state, checkpoint and totals |
 * | `a|startedAt|replayId` | a replay that has not ended; the oldest first, and it is the one that runs |
 * | `t|replayId|order` | one event of a replay: found while collecting, completed when it was run |
 *
 * `order` is the place among the replay's events: the pass, then the version of the record (for a resumption the time
 * of receipt), then the time of receipt and the event's id.
 */
import { randomBytes } from "node:crypto";
import { replaySelection } from "../../contracts/replays.ts";
import type { Replay, ReplayItem, ReplaySelection } from "../../contracts/replays.ts";
import type { Outcome, OutcomeCounts } from "../../contracts/common.ts";
import type { OutcomeCode } from "../../contracts/outcomes.ts";
import { toInstant, toInstantOrNull } from "../../platform/clock.ts";
import { invertedTime } from "../../platform/storage/invertedTime.ts";
import type { Row, StoredRow } from "../../platform/storage/table.ts";
import { clipOrNull } from "../../sync-log/clip.ts";

/** Where a replay stands. Times are milliseconds since 1970 UTC. */
export interface Progress {
  state: Replay["state"];
  /** Grows with every step that was stored: who finds another number than it began with came too late. */
  step: number;
  /** How often the selection was gone through; more than once only when a resumption looks again. */
  pass: number;
  /** While collecting: where the selection is read on; null from its start. */
  cursor: string | null;
  /** Order of the last event that was run; null before the first. */
  ran: string | null;
  total: number;
  done: number;
  outcomes: OutcomeCounts;
  /** Failures of the present step so far; 0 again with every step that was stored. */
  failures: number;
  /** Why a replay was stopped that nobody stopped: the integration was paused, or a step failed too often. */
  reason: "paused" | "failed" | null;
  endedAt: number | null;
  updatedAt: number;
}

/** A replay as it is stored. */
export interface StoredReplay extends Progress {
  organizationId: string;
  replayId: string;
  kind: Replay["kind"];
  selection: ReplaySelection;
  startedBy: string;
  startedAt: number;
  etag: string;
}

/** One event of a replay. `after` is null until it was run. */
export interface StoredItem {
  order: string;
  eventId: string;
  receivedAt: number;
  eventType: string;
  recordId: string | null;
  /** Number of the attempt that the replay makes. An event that has it already is not run. */
  attempt: number;
  before: Outcome;
  after: Outcome | null;
  code: OutcomeCode | null;
  message: string | null;
  at: number;
}

/** Longest sentence that a row keeps, in characters. */
const maxMessage = 2_000;

export const replayPrefix = "p|";
export const activePrefix = "a|";

/** An id that sorts the newest first. */
export function newReplayId(startedAt: number): string {
  return `${invertedTime(startedAt)}-${randomBytes(8).toString("hex")}`;
}

export function replayKey(replayId: string): string {
  return replayPrefix + replayId;
}

export function activeKey({ startedAt, replayId }: Pick<StoredReplay, "startedAt" | "replayId">): string {
  return `${activePrefix}${digits(startedAt, 13)}|${replayId}`;
}

export function itemPrefix(replayId: string): string {
  return `t|${replayId}|`;
}

/** Place of an event among those of its replay. `time` and `rowVersion` are the record's, as its stamps order them. */
export function orderOf(options: {
  pass: number;
  time: number;
  rowVersion: number | null;
  receivedAt: number;
  eventId: string;
}): string {
  const { pass, time, rowVersion, receivedAt, eventId } = options;
  const version = rowVersion === null ? 0 : rowVersion + 1;
  return `${digits(pass, 3)}|${digits(time, 13)}|${digits(version, 16)}|${digits(receivedAt, 13)}|${eventId}`;
}

export const orderPattern = /^\d{3}\|\d{13}\|\d{16}\|\d{13}\|[0-9a-f]{1,64}$/;

/** A number as text of a fixed length, so that texts sort as the numbers do; beyond its digits it is the last or first. */
function digits(number: number, length: number): string {
  const largest = 10 ** Math.min(length, 15) - 1;
  return String(Math.min(Math.max(0, Math.trunc(number)), largest)).padStart(length, "0");
}

export function toReplayRow(replay: Omit<StoredReplay, "etag">): Row {
  const { organizationId, replayId, selection, outcomes, ...rest } = replay;
  return {
    partitionKey: organizationId,
    rowKey: replayKey(replayId),
    ...rest,
    selection: JSON.stringify(selection),
    outcomes: JSON.stringify(outcomes),
  };
}

export function fromReplayRow(row: StoredRow): StoredReplay {
  return {
    organizationId: row.partitionKey,
    replayId: row.rowKey.slice(replayPrefix.length),
    kind: row["kind"] as Replay["kind"],
    selection: replaySelection.parse(JSON.parse(String(row["selection"]))),
    startedBy: String(row["startedBy"]),
    startedAt: Number(row["startedAt"]),
    state: row["state"] as Replay["state"],
    step: Number(row["step"]),
    pass: Number(row["pass"]),
    cursor: textOf(row, "cursor"),
    ran: textOf(row, "ran"),
    total: Number(row["total"]),
    done: Number(row["done"]),
    outcomes: JSON.parse(String(row["outcomes"])) as OutcomeCounts,
    failures: Number(row["failures"] ?? 0),
    reason: textOf(row, "reason") as StoredReplay["reason"],
    endedAt: typeof row["endedAt"] === "number" ? row["endedAt"] : null,
    updatedAt: Number(row["updatedAt"]),
    etag: row.etag,
  };
}

/** Whether nothing more happens to a replay. */
export function hasEnded({ state }: Pick<Progress, "state">): boolean {
  return state === "done" || state === "stopped";
}

/** A replay as the API shows it. */
export function presentReplay(replay: StoredReplay): Replay {
  const { replayId, kind, state, reason, selection, startedBy, total, done, outcomes } = replay;
  const [startedAt, endedAt] = [toInstant(replay.startedAt), toInstantOrNull(replay.endedAt)];
  return { replayId, kind, state, reason, selection, startedBy, startedAt, endedAt, total, done, outcomes };
}

export function toItemRow({ organizationId, replayId }: StoredReplay, item: StoredItem): Row {
  const { order, ...columns } = { ...item, message: clipOrNull(item.message, maxMessage) };
  const held = Object.entries(columns).filter(([, value]) => value !== null);
  return {
    ...Object.fromEntries(held),
    partitionKey: organizationId,
    rowKey: itemPrefix(replayId) + order,
  };
}

export function fromItemRow(row: StoredRow): StoredItem {
  return {
    order: row.rowKey.split("|").slice(2).join("|"),
    eventId: String(row["eventId"]),
    receivedAt: Number(row["receivedAt"]),
    eventType: String(row["eventType"] ?? ""),
    recordId: textOf(row, "recordId"),
    attempt: Number(row["attempt"]),
    before: row["before"] as Outcome,
    after: textOf(row, "after") as Outcome | null,
    code: textOf(row, "code") as OutcomeCode | null,
    message: textOf(row, "message"),
    at: Number(row["at"]),
  };
}

/** An event of a replay as the API shows it. */
export function presentItem({
  order: _order,
  attempt: _attempt,
  receivedAt: _at,
  ...item
}: StoredItem): ReplayItem {
  return { ...item, after: item.after ?? item.before, at: toInstant(item.at) };
}

function textOf(row: StoredRow, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}
