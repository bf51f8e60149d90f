import { ServiceBusError } from "@azure/service-bus";
import { expect, test } from "vitest";

import { openClient, testQueue, useTestBus } from "./testBus.ts";

const it = useTestBus([
  testQueue("bodies"),
  testQueue("batches"),
  testQueue("duplicates", { duplicateDetectionWindowSeconds: 3600 }),
  testQueue("anonymous"),
  testQueue("large"),
  testQueue("in-sessions", { requiresSession: true }),
]);

test("what was sent arrives unchanged: bodies and properties of every type", async () => {
  const sent = {
    messageId: "m-1",
    correlationId: "c-1",
    contentType: "application/json",
    subject: "greeting",
    to: "there",
    replyTo: "here",
    partitionKey: "p",
    timeToLive: 60_000,
    applicationProperties: {
      text: "é",
      whole: 7,
      half: 0.5,
      large: 5_000_000_000,
      minus: -3,
      yes: true,
      none: null,
    },
  };
  const bodies = [{ a: [1, "ü"] }, "text", 7, true, null, Buffer.from([0, 255, 1])];
  const sender = it.client.createSender("bodies");
  for (const body of bodies) await sender.sendMessages({ ...sent, body });

  const received = await it.client.createReceiver("bodies").receiveMessages(bodies.length);
  expect(received.map(({ body }) => body as unknown)).toEqual(bodies);
  for (const message of received)
    expect(message).toMatchObject({ ...sent, deliveryCount: 0, state: "active" });
  expect(received.map(({ sequenceNumber }) => Number(sequenceNumber))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(received[0]?.enqueuedTimeUtc?.getTime()).toBe(it.clock.now());
  expect(received[0]?.lockedUntilUtc?.getTime()).toBe(it.clock.now() + 60_000);
});

test("a batch arrives as its messages, and counts as one transfer", async () => {
  it.bus.resetOperations();
  const sender = it.client.createSender("batches");
  const batch = await sender.createMessageBatch();
  expect(batch.maxSizeInBytes).toBe(262_144);
  const bodies = Array.from({ length: 200 }, (_, index) => ({ index, filler: "x".repeat(500) }));
  for (const body of bodies) expect(batch.tryAddMessage({ body, messageId: `m-${body.index}` })).toBe(true);
  await sender.sendMessages(batch);

  const received = await it.client.createReceiver("batches").receiveMessages(200);
  expect(received.map(({ body }) => body as unknown)).toEqual(bodies);
  expect(it.bus.operations()).toMatchObject({
    sends: { messages: 200, transfers: 1, frames: 2 },
    received: { messages: 200, transfers: 200, frames: 200 },
  });
});

test("a message id seen within the window is accepted and dropped; after the window it is new", async () => {
  const sender = it.client.createSender("duplicates");
  await sender.sendMessages({ body: 1, messageId: "same" });
  await sender.sendMessages({ body: 2, messageId: "same" });
  await sender.sendMessages([
    { body: 3, messageId: "same" },
    { body: 4, messageId: "other" },
  ]);
  it.clock.advance(3_599_000);
  await sender.scheduleMessages({ body: 5, messageId: "same" }, new Date(it.clock.now() + 1000));
  expect(it.bus.stats()["duplicates"]).toMatchObject({ active: 2, scheduled: 0 });
  it.clock.advance(1_000);
  await sender.sendMessages({ body: 6, messageId: "same" });

  const received = await it.client
    .createReceiver("duplicates")
    .receiveMessages(10, { maxWaitTimeInMs: 1000 });
  expect(received.map(({ body }) => body as unknown)).toEqual([1, 4, 6]);
});

test("a message without an id gets one", async () => {
  const sender = it.client.createSender("anonymous");
  await sender.sendMessages({ body: "a", subject: "kept" });
  await sender.sendMessages({ body: "b" });
  const received = await it.client.createReceiver("anonymous").receiveMessages(2);
  expect(received.map(({ messageId }) => messageId)).toEqual([
    expect.stringMatching(/^[0-9a-f]{32}$/),
    expect.stringMatching(/^[0-9a-f]{32}$/),
  ]);
  expect(received[0]).toMatchObject({ body: "a", subject: "kept" });
});

test("a message over the limit is refused as the service does, and the link goes on", async () => {
  const sender = it.client.createSender("large");
  await expect(sender.sendMessages({ body: "x".repeat(262_144) })).rejects.toMatchObject({
    code: "MessageSizeExceeded",
    message: expect.stringMatching(/size:\d+ bytes\) exceeds the limit \(262144 bytes\)/) as string,
  });
  await expect(
    sender.scheduleMessages({ body: "x".repeat(262_144) }, new Date(it.clock.now() + 1_000)),
  ).rejects.toMatchObject({ code: "MessageSizeExceeded" });
  await sender.sendMessages({ body: "x".repeat(261_000) });
  expect(it.bus.stats()["large"]).toMatchObject({ active: 1, scheduled: 0 });
});

test("an unknown queue, topic or dead-letter sub-queue is not found", async () => {
  const notFound = { code: "MessagingEntityNotFound" };
  await expect(it.client.createSender("nowhere").sendMessages({ body: 1 })).rejects.toMatchObject(notFound);
  const receiver = it.client.createReceiver("nowhere", { subQueueType: "deadLetter" });
  await expect(receiver.receiveMessages(1)).rejects.toMatchObject(notFound);
  await expect(receiver.peekMessages(1)).rejects.toMatchObject(notFound);
  const subscriber = it.client.createReceiver("bodies", "subscription");
  await expect(subscriber.receiveMessages(1)).rejects.toMatchObject(notFound);
});

test("nothing can be sent to a dead-letter sub-queue", async () => {
  const sender = it.client.createSender("bodies/$DeadLetterQueue");
  await expect(sender.sendMessages({ body: 1 })).rejects.toThrow(/takes messages from its queue alone/);
  await expect(sender.scheduleMessages({ body: 1 }, new Date())).rejects.toThrow(/from its queue alone/);
});

test("a queue with sessions refuses a message without one", async () => {
  const sender = it.client.createSender("in-sessions");
  await expect(sender.sendMessages({ body: 1 })).rejects.toThrow(/SessionId was not set/);
  await expect(sender.scheduleMessages({ body: 1 }, new Date())).rejects.toThrow(/SessionId was not set/);
});

test("a wrong key is refused", async () => {
  const wrong = it.bus.connectionString.replace(/SharedAccessKey=[^;]+/, "SharedAccessKey=d3Jvbmc=");
  const client = openClient(wrong);
  const error: unknown = await client
    .createSender("bodies")
    .sendMessages({ body: 1 })
    .catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ServiceBusError);
  expect(error).toMatchObject({ code: "UnauthorizedAccess" });
  await client.close();
});
