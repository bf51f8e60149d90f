import { expect, test } from "vitest";
import { accepts, apply } from "./eventState.ts";
import type { EventState } from "./eventState.ts";
import type { RecordedEvent } from "./recordedEvent.ts";
import { sampleEvent } from "./testing/sampleEvent.ts";

const waiting = { outcome: "error", nextAttemptAt: 1 } as const;
const failed = { outcome: "error", nextAttemptAt: null } as const;

test.each<[string, Partial<RecordedEvent>, Partial<RecordedEvent>, boolean]>([
  ["a retry of an error that waits for it", waiting, { attempt: 2, attemptKind: "retry" }, true],
  ["a retry after one whose recording was lost", waiting, { attempt: 3, attemptKind: "retry" }, true],
  ["a retry of an error that waits for none", failed, { attempt: 2, attemptKind: "retry" }, false],
  ["a retry of what has come right meanwhile", {}, { attempt: 2, attemptKind: "retry" }, false],
  ["a replay of a success", {}, { attempt: 2, attemptKind: "replay" }, true],
  ["a replay whose number is taken", waiting, { attempt: 1, attemptKind: "replay" }, false],
  ["the delivery once more", waiting, {}, false],
])("%s", (_, first, later, accepted) => {
  expect(accepts(apply(null, sampleEvent(first)), sampleEvent(later))).toBe(accepted);
});

test("of many attempts the latest are remembered", () => {
  let state = apply(null, sampleEvent());
  for (let attempt = 2; attempt <= 30; attempt += 1) {
    state = apply(state, sampleEvent({ attempt, attemptKind: "replay" }));
  }
  expect(state.attempts).toBe(30);
  expect(state.attemptLog.map(({ number }) => number)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 11),
  );
});

test("a later attempt that knows less of the record does not take away what was known", () => {
  const known = sampleEvent({ recordId: "a", recordIds: ["a", "b"] });
  const unread = sampleEvent({
    table: null,
    recordId: null,
    recordIds: [],
    attempt: 2,
    attemptKind: "replay",
  });
  const state = apply(apply(null, known), unread);
  expect(state).toMatchObject({ table: "contact", recordId: "a", recordIds: ["a", "b"] });
});

test("what Dynamics said of an event is filled in by the first attempt that reads it", () => {
  const ids = { correlationId: "c", operationId: "o", initiatingUserId: "u" };
  const said = { ...ids, operationCreatedAt: 7, textRepaired: true };
  const noIds = { correlationId: null, operationId: null, initiatingUserId: null };
  const unread = { ...noIds, operationCreatedAt: null, textRepaired: false };
  const attempts = [unread, said, unread].map((own, index) =>
    sampleEvent({ ...own, attempt: index + 1, attemptKind: index === 0 ? "delivery" : "replay" }),
  );
  expect(attempts.reduce<EventState | null>(apply, null)).toMatchObject(said);
});
