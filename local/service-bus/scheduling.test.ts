import { expect, test } from "vitest";

import { testQueue, useTestBus } from "./testBus.ts";

const it = useTestBus([
  testQueue("later"),
  testQueue("cancelled"),
  testQueue("short-lived"),
  testQueue("expiring", { deadLetterOnExpiration: true, defaultTtlSeconds: 30 }),
]);

test("a scheduled message is to be seen at once, comes when it is due, and then has a new number", async () => {
  const sender = it.client.createSender("later");
  const due = new Date(it.clock.now() + 5_000);
  const [number] = await sender.scheduleMessages({ body: "scheduled" }, due);
  await sender.sendMessages({ body: "annotated", scheduledEnqueueTimeUtc: due });
  const receiver = it.client.createReceiver("later");
  const peeked = await receiver.peekMessages(5);
  expect(peeked).toMatchObject([
    { body: "scheduled", state: "scheduled", scheduledEnqueueTimeUtc: due },
    { body: "annotated", state: "scheduled", scheduledEnqueueTimeUtc: due },
  ]);
  const withoutBody = { fromSequenceNumber: number!, omitMessageBody: true };
  const [slim] = await receiver.peekMessages(1, withoutBody);
  expect(slim).toMatchObject({ state: "scheduled", scheduledEnqueueTimeUtc: due });
  expect(slim?.body).toBeUndefined();
  expect(it.bus.stats()["later"]).toMatchObject({ active: 0, scheduled: 2 });

  const receiving = receiver.receiveMessages(2);
  it.clock.advance(5_000);
  const received = await receiving;
  expect(received.map(({ body }) => body as unknown)).toEqual(["scheduled", "annotated"]);
  expect(Number(received[0]?.sequenceNumber)).toBeGreaterThan(Number(number) + 1);
  expect(received[0]?.enqueuedTimeUtc).toEqual(due);
});

test("a cancelled message never comes; one that came cannot be cancelled", async () => {
  const sender = it.client.createSender("cancelled");
  const numbers = await sender.scheduleMessages([{ body: 1 }, { body: 2 }], new Date(it.clock.now() + 1_000));
  await sender.cancelScheduledMessages(numbers[0]!);
  it.clock.advance(1_000);
  expect(it.bus.stats()["cancelled"]).toMatchObject({ active: 1, scheduled: 0 });
  await expect(sender.cancelScheduledMessages(numbers)).rejects.toMatchObject({ code: "MessageNotFound" });
});

test("a message past its time to live is gone, a locked one only when it comes back", async () => {
  const sender = it.client.createSender("short-lived");
  await sender.sendMessages([
    { body: "held", timeToLive: 10_000 },
    { body: "waiting", timeToLive: 10_000 },
    { body: "stays" },
  ]);
  const receiver = it.client.createReceiver("short-lived");
  const [held] = await receiver.receiveMessages(1);
  it.clock.advance(10_000);
  expect(it.bus.stats()["short-lived"]).toMatchObject({ active: 2, locked: 1, deadLetter: 0 });
  await receiver.abandonMessage(held!);
  const left = await receiver.receiveMessages(3, { maxWaitTimeInMs: 100 });
  expect(left.map(({ body }) => body as unknown)).toEqual(["stays"]);
});

test("where the queue says so, what expires is a dead letter with that reason", async () => {
  const sender = it.client.createSender("expiring");
  await sender.sendMessages({ body: "default" });
  await sender.sendMessages({ body: "longer than the queue allows", timeToLive: 60_000 });
  it.clock.advance(30_000);
  const dead = await it.client.createReceiver("expiring", { subQueueType: "deadLetter" }).receiveMessages(2);
  expect(dead).toMatchObject([
    { body: "default", deadLetterReason: "TTLExpiredException" },
    { body: "longer than the queue allows", deadLetterReason: "TTLExpiredException" },
  ]);
});
