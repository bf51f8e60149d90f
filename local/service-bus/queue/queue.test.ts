import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";

import { createManualClock } from "../manualClock.ts";
import type { Message, MessageLock } from "./message.ts";
import { createQueue, type Queue } from "./queue.ts";
import { deadLetterSettings, queueSettings } from "./settings.ts";
import { memoryStore } from "./store.ts";

const content = {
  durable: false,
  priority: undefined,
  timeToLive: undefined,
  annotations: new Uint8Array(),
  annotationCount: 0,
  bare: new Uint8Array(),
};

/** A queue with its dead letters, whose turns end when `serve` is called. */
function createTestQueue(settings: Partial<Parameters<typeof queueSettings>[0]> = {}) {
  const clock = createManualClock(0);
  const own = queueSettings({ name: "q", lockDurationSeconds: 60, maxDeliveryCount: 3, ...settings });
  const shared = { clock, store: memoryStore, wake: () => {}, setProperties: () => {} };
  const deadLetters = createQueue(deadLetterSettings(own), { ...shared, deadLetters: undefined });
  const queue = createQueue(own, { ...shared, deadLetters });
  const send = (messageId: string) =>
    queue.enqueue({ messageId, sessionId: undefined, scheduledFor: undefined, content });
  return { clock, queue, deadLetters, send };
}

/** A receiver that takes up to `credit` messages. */
function receiver(queue: Queue, credit = Infinity) {
  const locks: MessageLock[] = [];
  const seen: Message[] = [];
  queue.addConsumer({
    session: undefined,
    receiveAndDelete: false,
    capacity: () => credit - seen.length,
    deliver(message, lock) {
      seen.push(message);
      locks.push(lock!);
    },
  });
  return { locks, seen };
}

test("whatever receivers do, a message is always in exactly one place and comes in order of its number", () => {
  const action = constantFrom("send", "receive", "complete", "abandon", "defer", "deadLetter", "wait");
  assert(
    property(array(action, { maxLength: 200 }), (actions) => {
      const { clock, queue, deadLetters, send } = createTestQueue();
      let [sent, completed, wanted] = [0, 0, 0];
      const held: MessageLock[] = [];
      queue.addConsumer({
        session: undefined,
        receiveAndDelete: false,
        capacity: () => wanted,
        deliver(message, lock) {
          wanted -= 1;
          const waiting = queue.peek(0, Infinity).filter(({ state, lock }) => state === "active" && !lock);
          expect(waiting.every(({ sequenceNumber }) => sequenceNumber > message.sequenceNumber)).toBe(true);
          held.push(lock!);
        },
      });
      for (const kind of actions) {
        if (kind === "send") send(`m${++sent}`);
        else if (kind === "receive") wanted = 1;
        else if (kind === "wait") clock.advance(25_000);
        else {
          const lock = held.shift();
          if (lock && queue.settle(lock.token, { kind }) === undefined && kind === "complete") completed += 1;
        }
        queue.serve();
        const { active, deferred, locked } = queue.counts();
        expect(active + deferred + deadLetters.counts().active + completed).toBe(sent);
        expect(locked).toBe(queue.peek(0, Infinity).filter(({ lock }) => lock).length);
      }
    }),
    { numRuns: 200 },
  );
});

test("a message that returns goes back to its place before those sent after it", () => {
  const { queue, send } = createTestQueue();
  for (const id of ["a", "b", "c"]) send(id);
  const first = receiver(queue, 2);
  queue.serve();
  queue.settle(first.locks[0]!.token, { kind: "abandon" });
  const second = receiver(queue);
  queue.serve();
  expect(second.seen.map(({ messageId }) => messageId)).toEqual(["a", "c"]);
});

test("receivers get messages in turn", () => {
  const { queue, send } = createTestQueue();
  const [one, two] = [receiver(queue), receiver(queue)];
  for (let index = 0; index < 10; index += 1) send(`m${index}`);
  queue.serve();
  expect([one.seen.length, two.seen.length]).toEqual([5, 5]);
});

test("deferring counts as a delivery, dead-lettering does not", () => {
  const { queue, deadLetters, send } = createTestQueue();
  send("a");
  send("b");
  const { locks } = receiver(queue);
  queue.serve();
  queue.settle(locks[0]!.token, { kind: "defer" });
  queue.settle(locks[1]!.token, { kind: "deadLetter" });
  expect(queue.peek(0, 10)).toMatchObject([{ messageId: "a", deliveryCount: 1, state: "deferred" }]);
  expect(deadLetters.peek(0, 10)).toMatchObject([{ messageId: "b", deliveryCount: 0, sequenceNumber: 2 }]);
});

test("locks that keep ending make a dead letter of the message after the last attempt", () => {
  const { clock, queue, deadLetters, send } = createTestQueue();
  send("a");
  const { seen } = receiver(queue);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    queue.serve();
    clock.advance(60_000);
  }
  expect(seen).toHaveLength(3);
  expect(deadLetters.counts().active).toBe(1);
});

test("many deadlines share one timer", () => {
  const { clock, queue, send } = createTestQueue();
  let timers = 0;
  const { after } = clock;
  clock.after = (milliseconds, callback) => {
    timers += 1;
    return after(milliseconds, callback);
  };
  for (let index = 0; index < 1000; index += 1) send(`m${index}`);
  receiver(queue);
  queue.serve();
  expect(timers).toBe(1);
  clock.advance(60_000);
  expect(queue.counts().locked).toBe(0);
});

test("a number that is named twice is one message", () => {
  const { queue, send } = createTestQueue();
  const scheduled = queue.enqueue({ messageId: "s", sessionId: undefined, scheduledFor: 1000, content })!;
  expect(queue.cancelScheduled([scheduled, scheduled])).toBeUndefined();
  const numbers = [send("a")!, send("b")!];
  const { locks } = receiver(queue);
  queue.serve();
  for (const { token } of locks) queue.settle(token, { kind: "defer" });
  expect(queue.counts()).toMatchObject({ active: 0, deferred: 2, scheduled: 0 });
  const [a, b] = numbers.map((number) => [number, number]);
  expect(queue.receiveDeferred(a!, false)).toMatchObject([{ messageId: "a" }]);
  expect(queue.receiveDeferred(b!, true)).toMatchObject([{ messageId: "b" }]);
  expect(queue.counts()).toMatchObject({ deferred: 1, locked: 1 });
});

test.each([false, true])(
  "what expired is not kept by a queue nobody receives from (sessions: %s)",
  async (requiresSession) => {
    const { clock, queue } = createTestQueue({ requiresSession });
    const sendFor = (messageId: string, timeToLive: number) => {
      const own = { ...content, timeToLive };
      queue.enqueue({ messageId, sessionId: "s", scheduledFor: undefined, content: own });
      return new WeakRef(own);
    };
    const lasting = ["a", "b"].map((id) => sendFor(id, 10_000));
    const short = Array.from({ length: 100 }, (_, index) => sendFor(`short ${index}`, 1000));
    clock.advance(1000);
    // What a job has made or looked at through a WeakRef lives until that job has ended.
    await new Promise(setImmediate);
    setFlagsFromString("--expose-gc");
    (runInNewContext("gc") as () => void)();
    expect(short.filter((reference) => reference.deref()).length).toBeLessThanOrEqual(lasting.length);
    expect(lasting.filter((reference) => reference.deref())).toHaveLength(2);
    expect(queue.peek(0, 10).map(({ messageId }) => messageId)).toEqual(["a", "b"]);
  },
);

test("browsing finds messages after thousands of others have gone", () => {
  const { queue, send } = createTestQueue();
  const { locks } = receiver(queue, 5_000);
  for (let index = 0; index < 5_010; index += 1) send(`m${index}`);
  queue.serve();
  for (const { token } of locks) queue.settle(token, { kind: "complete" });
  expect(queue.peek(0, 3).map(({ sequenceNumber }) => sequenceNumber)).toEqual([5001, 5002, 5003]);
  expect(queue.peek(5_009, 10).map(({ sequenceNumber }) => sequenceNumber)).toEqual([5009, 5010]);
});
