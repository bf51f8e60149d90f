import { expect, test } from "vitest";

import { openClient, testQueue, useTestBus } from "./testBus.ts";

const names = ["ordered", "next", "taken", "state", "closing", "losing", "waiting", "deferring"] as const;
const it = useTestBus([
  ...names.map((name) => testQueue(name, { requiresSession: true })),
  testQueue("plain"),
]);

const send = (queue: (typeof names)[number], ...messages: [sessionId: string, body: unknown][]) =>
  it.client.createSender(queue).sendMessages(messages.map(([sessionId, body]) => ({ sessionId, body })));

test("a session gives its own messages in order", async () => {
  await send("ordered", ["a", 1], ["b", 2], ["a", 3], ["a", 4]);
  const session = await it.client.acceptSession("ordered", "a");
  expect(session.sessionId).toBe("a");
  expect(session.sessionLockedUntilUtc.getTime()).toBe(it.clock.now() + 60_000);
  const received = await session.receiveMessages(10, { maxWaitTimeInMs: 1000 });
  expect(received.map(({ body }) => body as unknown)).toEqual([1, 3, 4]);
  for (const message of received) await session.completeMessage(message);
  expect(await session.peekMessages(5)).toEqual([]);
  await session.close();
  expect(it.bus.stats()["ordered"]).toMatchObject({ active: 1 });
});

test("the next free session is one with messages that nobody holds", async () => {
  await send("next", ["first", 1], ["second", 2]);
  const one = await it.client.acceptNextSession("next");
  const two = await it.client.acceptNextSession("next");
  expect([one.sessionId, two.sessionId]).toEqual(["first", "second"]);
  await expect(
    it.client.acceptNextSession("next", { maxAutoLockRenewalDurationInMs: 0 }).catch(timedOut()),
  ).resolves.toMatchObject({ code: "ServiceTimeout" });
  await one.close();
  await two.close();
});

/** Lets the broker's wait for a session run out, and hands the error on. */
function timedOut() {
  const timer = setInterval(() => it.clock.advance(1_000), 5);
  return (error: unknown) => {
    clearInterval(timer);
    return error;
  };
}

test("a receiver that waits for a session gets it as soon as a message comes", async () => {
  const waiting = it.client.acceptNextSession("waiting");
  await send("waiting", ["late", 1]);
  const session = await waiting;
  expect(session.sessionId).toBe("late");
  expect(await session.receiveMessages(1)).toMatchObject([{ body: 1 }]);
  await session.close();
});

test("a session has one holder at a time", async () => {
  const session = await it.client.acceptSession("taken", "a");
  await expect(it.client.acceptSession("taken", "a")).rejects.toMatchObject({
    code: "SessionCannotBeLocked",
  });
  await session.close();
  const again = await it.client.acceptSession("taken", "a");
  await again.close();
});

test("a session's state outlives its holder, until it is cleared", async () => {
  const session = await it.client.acceptSession("state", "a");
  expect(await session.getSessionState()).toBeNull();
  await session.setSessionState({ page: 7 });
  await session.close();
  const again = await it.client.acceptSession("state", "a");
  expect(await again.getSessionState()).toEqual({ page: 7 });
  await again.setSessionState(null);
  expect(await again.getSessionState()).toBeNull();
  await again.close();
});

test("closing a session gives its messages back without counting a delivery", async () => {
  await send("closing", ["a", 1]);
  const session = await it.client.acceptSession("closing", "a");
  await session.receiveMessages(1);
  await session.close();
  const again = await it.client.acceptNextSession("closing");
  expect(await again.receiveMessages(1)).toMatchObject([{ body: 1, deliveryCount: 0 }]);
  await again.close();
});

test("a lost session lock counts a delivery and refuses settlement; a renewed one holds on", async () => {
  await send("losing", ["a", 1]);
  const session = await it.client.acceptSession("losing", "a", { maxAutoLockRenewalDurationInMs: 0 });
  const [message] = await session.receiveMessages(1);
  it.clock.advance(40_000);
  expect((await session.renewSessionLock()).getTime()).toBe(it.clock.now() + 60_000);
  it.clock.advance(40_000);
  expect(it.bus.stats()["losing"]).toMatchObject({ locked: 1 });
  it.clock.advance(20_000);
  expect(it.bus.stats()["losing"]).toMatchObject({ locked: 0, active: 1 });
  await expect.poll(() => session.isClosed).toBe(true);
  await expect(session.completeMessage(message!)).rejects.toMatchObject({ code: "SessionLockLost" });

  const other = openClient(it.bus.connectionString);
  const again = await other.acceptNextSession("losing");
  expect(await again.receiveMessages(1)).toMatchObject([{ body: 1, deliveryCount: 1 }]);
  await other.close();
});

test("a message deferred in a session is received by its number within the session", async () => {
  await send("deferring", ["a", 1]);
  const session = await it.client.acceptSession("deferring", "a");
  const [message] = await session.receiveMessages(1);
  await session.deferMessage(message!);
  const [deferred] = await session.receiveDeferredMessages(message!.sequenceNumber!);
  expect(deferred).toMatchObject({ body: 1, sessionId: "a" });
  await session.completeMessage(deferred!);
  await session.close();
  expect(it.bus.stats()["deferring"]).toMatchObject({ active: 0, deferred: 0 });
});

test("a queue with sessions and one without do not take each other's receivers", async () => {
  await expect(it.client.acceptSession("plain", "a")).rejects.toThrow(/session 'a'/);
  await expect(it.client.createReceiver("ordered").receiveMessages(1)).rejects.toThrow(/requires sessions/);
});
