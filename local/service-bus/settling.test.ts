import { expect, test } from "vitest";

import { openClient, testQueue, useTestBus } from "./testBus.ts";

const names = [
  "complete",
  "abandon",
  "dead",
  "deferred",
  "expiry",
  "renewal",
  "mixed",
  "gone",
  "deleting",
] as const;
const it = useTestBus(names.map((name) => testQueue(name, { maxDeliveryCount: 3 })));

/** Sends one message and returns its queue's receiver. */
async function withMessage(queue: (typeof names)[number]) {
  await it.client
    .createSender(queue)
    .sendMessages({ body: "b", messageId: "m", applicationProperties: { n: 1 } });
  return it.client.createReceiver(queue);
}

async function receiveOne(receiver: Awaited<ReturnType<typeof withMessage>>) {
  const [message] = await receiver.receiveMessages(1);
  if (!message) throw new Error("No message came.");
  return message;
}

const deadLettersOf = (queue: string) => it.client.createReceiver(queue, { subQueueType: "deadLetter" });

test("a completed message is gone, and cannot be settled again", async () => {
  const receiver = await withMessage("complete");
  const message = await receiveOne(receiver);
  expect(it.bus.stats()["complete"]).toMatchObject({ active: 1, locked: 1 });
  await receiver.completeMessage(message);
  expect(it.bus.stats()["complete"]).toMatchObject({ active: 0, locked: 0 });
  await expect(receiver.abandonMessage(message)).rejects.toThrow(/already settled/);
});

test("an abandoned message comes again with its count; after the last attempt it is a dead letter", async () => {
  const receiver = await withMessage("abandon");
  for (const attempt of [0, 1, 2]) {
    const message = await receiveOne(receiver);
    expect(message).toMatchObject({ body: "b", deliveryCount: attempt });
    await receiver.abandonMessage(message, { [`attempt${attempt}`]: "failed" });
  }
  expect(it.bus.stats()["abandon"]).toMatchObject({ active: 0, deadLetter: 1 });
  const dead = await receiveOne(deadLettersOf("abandon"));
  expect(dead).toMatchObject({
    deadLetterReason: "MaxDeliveryCountExceeded",
    deadLetterErrorDescription: expect.stringContaining("after 3 delivery attempts") as string,
    applicationProperties: { n: 1, attempt0: "failed", attempt1: "failed", attempt2: "failed" },
  });
});

test("a dead letter keeps its reason and description, and stays through any number of deliveries", async () => {
  const receiver = await withMessage("dead");
  const message = await receiveOne(receiver);
  const why = { deadLetterReason: "broken", deadLetterErrorDescription: "cannot be read" };
  await receiver.deadLetterMessage(message, { ...why, more: 5 });

  const deadLetters = deadLettersOf("dead");
  const [peeked] = await deadLetters.peekMessages(1);
  expect(peeked).toMatchObject({
    body: "b",
    messageId: "m",
    ...why,
    applicationProperties: { n: 1, more: 5 },
  });
  for (let round = 0; round < 5; round += 1) {
    await deadLetters.abandonMessage(await receiveOne(deadLetters));
  }
  const dead = await receiveOne(deadLetters);
  await expect(deadLetters.deadLetterMessage(dead)).rejects.toThrow(/dead-letter/);
  it.clock.advance(60_000);
  await deadLetters.completeMessage(await receiveOne(deadLetters));
  expect(it.bus.stats()["dead"]).toMatchObject({ deadLetter: 0 });
});

test("a deferred message waits aside until it is asked for by its number", async () => {
  const receiver = await withMessage("deferred");
  const message = await receiveOne(receiver);
  await receiver.deferMessage(message);
  expect(await receiver.receiveMessages(1, { maxWaitTimeInMs: 100 })).toEqual([]);
  expect(await receiver.peekMessages(1)).toMatchObject([{ state: "deferred" }]);

  const [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber!);
  expect(deferred).toMatchObject({ body: "b", deliveryCount: 1 });
  await receiver.completeMessage(deferred!);
  await expect(receiver.receiveDeferredMessages(message.sequenceNumber!)).rejects.toMatchObject({
    code: "MessageNotFound",
  });
});

test("a lock that ended makes the message available again and counts the delivery", async () => {
  const receiver = await withMessage("expiry");
  const message = await receiveOne(receiver);
  it.clock.advance(60_001);
  await expect(receiver.completeMessage(message)).rejects.toMatchObject({ code: "MessageLockLost" });
  await expect(receiver.renewMessageLock(message)).rejects.toMatchObject({ code: "MessageLockLost" });
  expect(await receiveOne(receiver)).toMatchObject({ deliveryCount: 1 });
});

test("a renewed lock holds on", async () => {
  const receiver = await withMessage("renewal");
  const message = await receiveOne(receiver);
  it.clock.advance(40_000);
  const until = await receiver.renewMessageLock(message);
  expect(until.getTime()).toBe(it.clock.now() + 60_000);
  it.clock.advance(40_000);
  await receiver.completeMessage(message);
  expect(it.bus.stats()["renewal"]).toMatchObject({ active: 0 });
});

test("settlements of different outcomes each get their own answer", async () => {
  const sender = it.client.createSender("mixed");
  await sender.sendMessages(Array.from({ length: 6 }, (_, index) => ({ body: index })));
  const receiver = it.client.createReceiver("mixed");
  const received = await receiver.receiveMessages(6);
  for (const [index, message] of received.entries()) {
    if (index % 3 === 0) await receiver.completeMessage(message);
    else if (index % 3 === 1) await receiver.deadLetterMessage(message);
    else await receiver.abandonMessage(message);
  }
  expect(it.bus.stats()["mixed"]).toMatchObject({ active: 2, deadLetter: 2, locked: 0 });
});

test("a message is settled over the management link when its receiver is gone", async () => {
  const receiver = await withMessage("gone");
  const message = await receiveOne(receiver);
  it.bus.faults.detachAll("gone", "amqp:link:detach-forced");
  // Its answer comes after the detach on the same connection: then the client knows.
  expect(await receiver.peekMessages(1)).toHaveLength(1);
  await receiver.completeMessage(message);
  expect(it.bus.stats()["gone"]).toMatchObject({ active: 0, locked: 0 });
});

test("receive-and-delete takes messages without a lock", async () => {
  const sender = it.client.createSender("deleting");
  await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  const client = openClient(it.bus.connectionString);
  const receiver = client.createReceiver("deleting", { receiveMode: "receiveAndDelete" });
  const received = await receiver.receiveMessages(2);
  expect(received.map(({ body }) => body as unknown)).toEqual([1, 2]);
  await client.close();
  expect(it.bus.stats()["deleting"]).toMatchObject({ active: 1, locked: 0 });
});
