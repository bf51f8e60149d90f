import { expect, onTestFinished, test } from "vitest";

import { startServiceBus } from "./start.ts";
import { openClient, testQueue, useTestBus } from "./testBus.ts";

const it = useTestBus([
  testQueue("many"),
  testQueue("concurrent"),
  testQueue("drained"),
  testQueue("shared"),
  testQueue("browsed"),
  testQueue("large"),
]);

test("thousands of messages arrive once and in order", async () => {
  const total = 5_000;
  const sender = it.client.createSender("many");
  for (let start = 0; start < total; start += 500) {
    await sender.sendMessages(Array.from({ length: 500 }, (_, index) => ({ body: start + index })));
  }
  const receiver = it.client.createReceiver("many");
  const bodies: unknown[] = [];
  while (bodies.length < total) {
    const received = await receiver.receiveMessages(1000);
    bodies.push(...received.map(({ body }) => body as unknown));
    await Promise.all(received.map((message) => receiver.completeMessage(message)));
  }
  expect(bodies).toEqual(Array.from({ length: total }, (_, index) => index));
  expect(it.bus.stats()["many"]).toMatchObject({ active: 0, locked: 0 });
});

test("a subscription with many calls at a time sees every message that is sent meanwhile once", async () => {
  const total = 2_000;
  const seen: unknown[] = [];
  const receiver = it.client.createReceiver("concurrent");
  const failures: unknown[] = [];
  const done = new Promise<void>((resolve) => {
    receiver.subscribe(
      {
        processMessage(message) {
          seen.push(message.body);
          if (seen.length === total) resolve();
          return Promise.resolve();
        },
        processError({ error }) {
          failures.push(error);
          return Promise.resolve();
        },
      },
      { maxConcurrentCalls: 32 },
    );
  });
  const sender = it.client.createSender("concurrent");
  for (let start = 0; start < total; start += 100) {
    const bodies = Array.from({ length: 100 }, (_, index) => start + index);
    await Promise.all(bodies.map((body) => sender.sendMessages({ body })));
  }
  await done;
  await expect.poll(() => it.bus.stats()["concurrent"]?.active).toBe(0);
  await receiver.close();
  expect(new Set(seen).size).toBe(total);
  expect(failures).toEqual([]);
});

test("a receiver that found nothing gives its credit back and goes on over the same link", async () => {
  const receiver = it.client.createReceiver("drained");
  expect(await receiver.receiveMessages(5, { maxWaitTimeInMs: 50 })).toEqual([]);
  it.bus.faults.push({ op: "attach", entity: "drained", condition: "amqp:internal-error" });
  for (let round = 0; round < 3; round += 1) {
    expect(await receiver.receiveMessages(5, { maxWaitTimeInMs: 50 })).toEqual([]);
  }
  await it.client.createSender("shared").sendMessages({ body: "elsewhere" });
  expect(it.bus.stats()["drained"]).toMatchObject({ active: 0 });
  it.bus.faults.clear();
  await it.client.createSender("drained").sendMessages({ body: "here" });
  expect(await receiver.receiveMessages(1)).toMatchObject([{ body: "here" }]);
});

test("receivers of one queue share what comes", async () => {
  await it.client.createSender("shared").sendMessages(Array.from({ length: 20 }, () => ({ body: "b" })));
  const receivers = [it.client.createReceiver("shared"), it.client.createReceiver("shared")];
  const received = await Promise.all(receivers.map((receiver) => receiver.receiveMessages(10)));
  expect(received.map(({ length }) => length)).toEqual([10, 10]);
});

test("browsing pages through everything, locked or not, and locks nothing", async () => {
  const bodies = Array.from({ length: 250 }, (_, index) => index);
  await it.client.createSender("browsed").sendMessages(bodies.map((body) => ({ body })));
  const receiver = it.client.createReceiver("browsed");
  await receiver.receiveMessages(3);
  const seen: unknown[] = [];
  for (
    let page = await receiver.peekMessages(100);
    page.length > 0;
    page = await receiver.peekMessages(100)
  ) {
    seen.push(...page.map(({ body }) => body as unknown));
  }
  expect(seen).toEqual(bodies);
  expect(it.bus.stats()["browsed"]).toMatchObject({ locked: 3 });
});

test("a browse of large messages returns about 1 MB at a time, and all of them in the end", async () => {
  const sender = it.client.createSender("large");
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  await Promise.all(
    numbers.map((number) => sender.sendMessages({ body: "x".repeat(250_000), subject: String(number) })),
  );
  const receiver = it.client.createReceiver("large");
  const pages: unknown[][] = [];
  do pages.push((await receiver.peekMessages(100)).map(({ subject }) => subject));
  while (pages.at(-1)?.length);
  expect(pages.map(({ length }) => length)).toEqual([4, 4, 2, 0]);
  expect(pages.flat()).toEqual(numbers.map(String));
});

test("the SDK keeps a lock alive for as long as the handler takes", async () => {
  const queues = [testQueue("slow", { lockDurationSeconds: 0.6 })];
  const bus = await startServiceBus({ port: 0, store: ":memory:", entities: { queues } });
  const client = openClient(bus.connectionString);
  onTestFinished(async () => {
    await client.close();
    await bus.close();
  });
  const deliveries: unknown[] = [];
  client.createReceiver("slow").subscribe({
    async processMessage({ deliveryCount }) {
      deliveries.push(deliveryCount);
      await expect.poll(() => bus.operations().management.calls, { timeout: 10_000 }).toBeGreaterThan(2);
    },
    processError: () => Promise.resolve(),
  });
  await client.createSender("slow").sendMessages({ body: "b" });
  await expect.poll(() => bus.stats()["slow"]?.active, { timeout: 10_000 }).toBe(0);
  expect(deliveries).toEqual([0]);
});
