import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTroubleLog } from "./troubleLog.ts";
import type { TroubleLog } from "./troubleLog.ts";

let lines: string[];
let trouble: TroubleLog;
beforeEach(() => {
  vi.useFakeTimers();
  lines = [];
  trouble = createTroubleLog("bus:5672", (_level, message) => void lines.push(message));
});
afterEach(() => void vi.useRealTimers());

const refused = new Error("connect ECONNREFUSED");
const missing = Object.assign(new Error("could not be found"), { code: "MessagingEntityNotFound" });

function failFor(milliseconds: number, entity: string, error: Error, opensFirst = false): void {
  for (let elapsed = 0; elapsed <= milliseconds; elapsed += 500) {
    if (opensFirst) trouble.works(entity);
    trouble.failed(entity, error);
    vi.advanceTimersByTime(500);
  }
}

test("a loss and a recovery are one line each, however many queues notice them", () => {
  failFor(3000, "a", refused);
  failFor(3000, "b", new AggregateError([refused]));
  trouble.works("a");
  trouble.works("b");
  vi.advanceTimersByTime(1000);
  expect(lines).toEqual([
    "Service Bus bus:5672 does not answer (connect ECONNREFUSED). Trying again until it does.",
    "Service Bus bus:5672 answers again.",
  ]);
});

test("a connection that is back within a second is not worth a line", () => {
  trouble.failed("a", refused);
  trouble.works("a");
  vi.advanceTimersByTime(10_000);
  trouble.failed("a", refused);
  expect(lines).toEqual([]);
});

test("a queue that does not exist is named once, although its link opens for a moment each time", () => {
  failFor(5000, "nowhere", missing, true);
  expect(lines).toEqual([
    "Service Bus nowhere does not answer (could not be found). Trying again until it does.",
  ]);
});

test("a lost lock is no trouble with the broker", () => {
  failFor(5000, "a", Object.assign(new Error("lock lost"), { code: "MessageLockLost" }));
  expect(lines).toEqual([]);
});
