import { hourMs, toInstant } from "../platform/clock.ts";
import type { Outcome, OutcomeCounts } from "../contracts/common.ts";
import type { Value } from "../platform/storage/table.ts";
import { noCounts } from "./counters.ts";

/** Resolution of the last hour. */
export const slotMs = 5 * 60_000;

/** Slots stay for twice the hour they serve, so that clocks that disagree a little lose none. */
export const keptMs = 2 * hourMs;

/** Counts by slot: number of the slot since 1970 → counts. */
export type Slots = Record<string, OutcomeCounts>;

/** One change of an event's outcome: `from` null when it was recorded for the first time. */
export interface Move {
  receivedAt: number;
  from: Outcome | null;
  to: Outcome;
}

/** What is latest: when an event was received, and which one last came to a success. Times are ISO 8601. */
export interface Latest {
  lastEventAt: string | null;
  lastSuccessAt: string | null;
  lastSuccessEventId: string | null;
}

/** A success to be remembered if it is the latest. */
export interface Success {
  processedAt: number;
  eventId: string;
}

/** The columns of a shard's row of latest times that these moves change; empty when they change none. */
export function latestColumns(
  base: Readonly<Record<string, Value>>,
  moves: readonly Move[],
  successes: readonly Success[],
  now: number,
): Record<string, Value> {
  const columns: Record<string, Value> = {};
  const received = moves.filter((move) => move.from === null).map((move) => move.receivedAt);
  if (received.length > 0) {
    const at = toInstant(Math.max(...received));
    if (isLater(at, base["lastEventAt"])) columns["lastEventAt"] = at;
  }
  const last = successes.toSorted((a, b) => b.processedAt - a.processedAt)[0];
  if (last && isLater(toInstant(last.processedAt), base["lastSuccessAt"])) {
    columns["lastSuccessAt"] = toInstant(last.processedAt);
    columns["lastSuccessEventId"] = last.eventId;
  }
  const kept = moves.filter((move) => move.from !== move.to && move.receivedAt > now - keptMs);
  if (kept.length > 0) columns["slots"] = JSON.stringify(movedSlots(readSlots(base["slots"]), kept, now));
  return columns;
}

/** The slots in a row of latest times. */
export function readSlots(column: Value): Slots {
  return typeof column === "string" ? (JSON.parse(column) as Slots) : {};
}

/** Start of the slot that holds an instant. */
export function slotStart(ms: number): number {
  return Math.floor(ms / slotMs) * slotMs;
}

function movedSlots(slots: Slots, moves: readonly Move[], now: number): Slots {
  const oldest = slotStart(now - keptMs) / slotMs;
  const moved = Object.fromEntries(Object.entries(slots).filter(([slot]) => Number(slot) >= oldest));
  for (const { receivedAt, from, to } of moves) {
    const slot = String(slotStart(receivedAt) / slotMs);
    const counts = { ...noCounts(), ...moved[slot] };
    counts[to] += 1;
    if (from !== null) counts[from] -= 1;
    moved[slot] = counts;
  }
  return moved;
}

function isLater(instant: string, than: Value): boolean {
  return typeof than !== "string" || instant > than;
}
