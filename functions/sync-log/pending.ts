import type { Write } from "../platform/storage/table.ts";
import { accepts, apply } from "./eventState.ts";
import type { EventState } from "./eventState.ts";
import { toEventRow, toHeldRow, toIndexRow } from "./eventRow.ts";
import { eventKey, heldKey, identityKey, indexKey } from "./keys.ts";
import type { Move, Success } from "./latest.ts";
import { isHeld } from "./recordedEvent.ts";
import type { RecordedEvent, RecordResult } from "./recordedEvent.ts";

/**
 * What is known to be stored of an event: nothing, that it is recorded (enough to drop a first delivery), or
 * the event as it stands with the ETag that guards a change.
 */
export type Known = null | "recorded" | { state: EventState; etag: string };

/** The attempts of one event that wait to be recorded together, lowest number first. */
export interface Pending {
  eventId: string;
  attempts: { event: RecordedEvent; place: number }[];
  /** `undefined`: it has to be read before anything can be said. */
  known: Known | undefined;
}

/** What recording the pending attempts of one event means: rows to write, counters to move, and each attempt's result. */
export interface Change {
  writes: Write[];
  move: Move | null;
  successes: Success[];
  results: { place: number; result: RecordResult }[];
}

/**
 * Groups attempts by event. `place` is the attempt's place in the caller's list. An event with a first delivery alone
 * is taken to be new until storage says otherwise; one with a later attempt has to be read.
 */
export function toPending(events: readonly RecordedEvent[]): Pending[] {
  const byEvent = Map.groupBy(
    events.map((event, place) => ({ event, place })),
    ({ event }) => event.eventId,
  );
  return [...byEvent].map(([eventId, unsorted]) => {
    const attempts = unsorted.toSorted((a, b) => a.event.attempt - b.event.attempt);
    return { eventId, attempts, known: hasLaterAttempt({ attempts }) ? undefined : null };
  });
}

/** Whether the event has to be read as it stands; for a first delivery it is enough to know that there is one. */
export function hasLaterAttempt({ attempts }: Pick<Pending, "attempts">): boolean {
  return attempts.some(({ event }) => event.attemptKind !== "delivery");
}

/** Applies the attempts one after the other to what is known, as if they had come one by one. */
export function changeOf({ attempts, known }: Pending): Change {
  const change: Change = { writes: [], move: null, successes: [], results: [] };
  const before = known === undefined || known === "recorded" ? null : known;
  let state = before?.state ?? null;
  let changed = false;
  for (const { event, place } of attempts) {
    if (known === "recorded" || !accepts(state, event)) {
      change.results.push({ place, result: "duplicate" });
      continue;
    }
    change.results.push({ place, result: state === null ? "recorded" : "advanced" });
    state = apply(state, event);
    changed = true;
    if (event.outcome === "success") {
      change.successes.push({ processedAt: event.processedAt, eventId: event.eventId });
    }
  }
  if (state === null || !changed) return change;
  change.move = { receivedAt: state.receivedAt, from: before?.state.outcome ?? null, to: state.outcome };
  change.writes = before === null ? insertion(state) : advance(before, state);
  return change;
}

function insertion(state: EventState): Write[] {
  const { organizationId: partitionKey, eventId, receivedAt } = state;
  return [
    { kind: "create", row: toEventRow(state) },
    {
      kind: "create",
      row: { partitionKey, rowKey: identityKey(eventId), eventKey: eventKey(receivedAt, eventId) },
    },
    ...indexRow(state),
    ...heldRow(state),
  ];
}

/** The event row comes first: its ETag guards the index rows too, which cannot be guarded themselves. */
function advance(before: { state: EventState; etag: string }, state: EventState): Write[] {
  const { outcome } = before.state;
  const left = outcome === "success" || outcome === state.outcome ? null : outcome;
  return [
    { kind: "replace", row: toEventRow(state), etag: before.etag },
    ...(left === null ? [] : [deletion(state, indexKey(left, state.receivedAt, state.eventId))]),
    ...indexRow(state),
    ...(isHeld(before.state) && !isHeld(state)
      ? [deletion(state, heldKey(state.receivedAt, state.eventId))]
      : heldRow(state)),
  ];
}

function indexRow(state: EventState): Write[] {
  return state.outcome === "success" ? [] : [{ kind: "upsert", row: toIndexRow(state, state.outcome) }];
}

function heldRow(state: EventState): Write[] {
  return isHeld(state) ? [{ kind: "upsert", row: toHeldRow(state) }] : [];
}

function deletion({ organizationId: partitionKey }: EventState, rowKey: string): Write {
  return { kind: "delete", row: { partitionKey, rowKey } };
}
