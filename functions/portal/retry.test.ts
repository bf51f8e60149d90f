import { describe, expect, it } from "vitest";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { EventMessage } from "./eventMessage.ts";
import { maxTries, nextAttemptAt, retryMessage } from "./retry.ts";

const now = Date.UTC(2026, 0, 5, 8);
const failed = {
  code: "dynamics.unavailable" as OutcomeCode | null,
  event: { attempt: 1, firstTry: 1 },
  now,
  retryAfterMs: null as number | null,
  baseMs: 30_000,
  random: () => 0.5,
};
const secondsUntilNext = (changes: Partial<typeof failed>) => {
  const at = nextAttemptAt({ ...failed, ...changes });
  return at === null ? null : (at - now) / 1000;
};

describe("when the next attempt is", () => {
  it("waits four times as long each time, and gives up after the last", () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) => secondsUntilNext({ event: { attempt, firstTry: 1 } }));
    expect(waits).toEqual([30, 120, 480, 1920, null, null]);
    expect(maxTries).toBe(5);
  });

  it("counts anew from a replay, also of an event that used up its tries", () => {
    const waits = [6, 7, 8, 9, 10].map((attempt) => secondsUntilNext({ event: { attempt, firstTry: 6 } }));
    expect(waits).toEqual([30, 120, 480, 1920, null]);
  });

  it("spreads attempts by a fifth to either side, so that they do not all come at once", () => {
    expect(secondsUntilNext({ random: () => 0 })).toBe(24);
    expect(secondsUntilNext({ random: () => 1 })).toBe(36);
  });

  it("is never sooner than Dynamics asks", () => {
    expect(secondsUntilNext({ retryAfterMs: 300_000 })).toBe(300);
    expect(secondsUntilNext({ retryAfterMs: 1_000 })).toBe(30);
  });

  it("is never for what succeeded or will not get better by itself", () => {
    const permanent = Object.entries(outcomeCatalogue).filter(([, { retryable }]) => !retryable);
    for (const code of [null, ...permanent.map(([name]) => name as OutcomeCode)])
      expect(secondsUntilNext({ code })).toBeNull();
  });
});

describe("the message of the next attempt", () => {
  const event: EventMessage = {
    organizationId: "contoso",
    eventId: "0".repeat(32),
    receivedAt: now,
    attempt: 1,
    firstTry: 1,
    kind: "delivery",
    bytes: 2,
    eventType: "contact.Update",
    table: "contact",
    recordId: null,
    blob: null,
    content: Buffer.from("content"),
  };

  it("is the event again, a number higher, at its time and under an id that the queue does not take for a repetition", () => {
    const message = retryMessage(event, now + 30_000, 30_000);
    expect(message).toMatchObject({
      body: event.content,
      scheduledEnqueueTimeUtc: new Date(now + 30_000),
      applicationProperties: { eventId: event.eventId, receivedAt: now, attempt: 2, kind: "retry" },
    });
    const further = retryMessage({ ...event, attempt: 2 }, now, 30_000);
    expect(new Set([message.messageId, further.messageId]).size).toBe(2);
  });

  /** The ids under which an attempt of this kind promises the next one, when it is made again and again. */
  function promises(own: Partial<EventMessage>, everyMs: number, times: number) {
    const made = { ...event, attempt: 2, ...own };
    return Array.from({ length: times }, (_, index) => {
      const madeAt = now + index * everyMs;
      const at = nextAttemptAt({ ...failed, event: made, now: madeAt, random: Math.random }) ?? 0;
      return { madeAt, at, id: retryMessage(made, at, failed.baseMs).messageId };
    });
  }

  it("is the same for a delivery however often it is made", () => {
    const made = promises({ attempt: 1, kind: "delivery" }, 10_000, 100);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });

  it.each([
    { kind: "retry", firstTry: 1 },
    { kind: "replay", firstTry: 2 },
  ] as const)("of a $kind is the same only while the first of that id is still to come", (own) => {
    const made = promises(own, 5_000, 200);
    const first = new Map(made.toReversed().map((promise) => [promise.id, promise]));
    expect(first.size).toBeLessThan(made.length / 4);
    expect(made.filter(({ madeAt, id }) => (first.get(id)?.at ?? 0) <= madeAt)).toEqual([]);
  });

  it("tells the retries of a delivery from those of a replay", () => {
    const ids = [1, 2].map((firstTry) => promises({ kind: "retry", attempt: 3, firstTry }, 0, 1)[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });
});
