import { ServiceBusClient, type ServiceBusReceiver } from "@azure/service-bus";
import { expect, onTestFinished, test } from "vitest";

import { openClient, testQueue, useTestBus } from "./testBus.ts";

const it = useTestBus(
  ["busy", "settling", "managed", "detached", "dropped", "unattached"].map((name) => testQueue(name)),
);

/** A client that retries as applications do, only faster. */
function openPatientClient() {
  const client = new ServiceBusClient(it.bus.connectionString, {
    retryOptions: { maxRetries: 5, retryDelayInMs: 20, timeoutInMs: 1_500 },
  });
  onTestFinished(() => client.close());
  return client;
}

/** Collects the bodies that a subscription sees. */
function collect(receiver: ServiceBusReceiver): unknown[] {
  const bodies: unknown[] = [];
  receiver.subscribe({
    processMessage(message) {
      bodies.push(message.body);
      return Promise.resolve();
    },
    processError: () => Promise.resolve(),
  });
  return bodies;
}

test("a busy server refuses a send, and the SDK tries again", async () => {
  const busy = { op: "send", entity: "busy", condition: "com.microsoft:server-busy" } as const;
  it.bus.faults.push(busy);
  await expect(it.client.createSender("busy").sendMessages({ body: 1 })).rejects.toMatchObject({
    code: "ServiceBusy",
    retryable: true,
  });
  it.bus.faults.push({ ...busy, times: 2 });
  await openPatientClient().createSender("busy").sendMessages({ body: 2 });
  expect(it.bus.stats()["busy"]).toMatchObject({ active: 1 });
});

test("a refused settlement leaves the message locked until the lock ends", async () => {
  await it.client.createSender("settling").sendMessages({ body: 1 });
  const receiver = it.client.createReceiver("settling");
  const [message] = await receiver.receiveMessages(1);
  it.bus.faults.push({ op: "settle", condition: "com.microsoft:server-busy" });
  await expect(receiver.completeMessage(message!)).rejects.toMatchObject({ code: "ServiceBusy" });
  expect(it.bus.stats()["settling"]).toMatchObject({ active: 1, locked: 1 });
  it.clock.advance(60_000);
  expect(it.bus.stats()["settling"]).toMatchObject({ active: 1, locked: 0 });
});

test("management calls and attaches can be refused", async () => {
  it.bus.faults.push({ op: "management", entity: "managed", condition: "com.microsoft:server-busy" });
  const receiver = it.client.createReceiver("managed");
  await expect(receiver.peekMessages(1)).rejects.toMatchObject({ code: "ServiceBusy" });
  it.bus.faults.push({ op: "attach", entity: "unattached", condition: "com.microsoft:entity-disabled" });
  await expect(it.client.createSender("unattached").sendMessages({ body: 1 })).rejects.toMatchObject({
    code: "MessagingEntityDisabled",
  });
});

test("a token can be refused", async () => {
  it.bus.faults.push({ op: "cbs", condition: "amqp:unauthorized-access" });
  const client = openClient(it.bus.connectionString);
  await expect(client.createSender("busy").sendMessages({ body: 1 })).rejects.toMatchObject({
    code: "UnauthorizedAccess",
  });
  await client.close();
});

test("a subscription survives that its link is detached", async () => {
  const client = openPatientClient();
  const bodies = collect(client.createReceiver("detached"));
  const sender = client.createSender("detached");
  await sender.sendMessages({ body: "before" });
  await expect.poll(() => bodies).toEqual(["before"]);
  it.bus.faults.detachAll("detached", "amqp:link:detach-forced");
  // Its answer comes after the detaches on the same connection: then the client knows.
  await client.createReceiver("detached").peekMessages(1);
  await sender.sendMessages({ body: "after" });
  await expect.poll(() => bodies, { timeout: 10_000 }).toEqual(["before", "after"]);
});

test("sender and subscription survive that the connection is dropped", async () => {
  const client = openPatientClient();
  const bodies = collect(client.createReceiver("dropped"));
  const sender = client.createSender("dropped");
  await sender.sendMessages({ body: "before" });
  await expect.poll(() => bodies).toEqual(["before"]);
  it.bus.faults.dropConnections();
  await sender.sendMessages({ body: "after" });
  await expect.poll(() => bodies, { timeout: 10_000 }).toEqual(["before", "after"]);
});
