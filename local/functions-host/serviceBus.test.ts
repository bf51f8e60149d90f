import { ServiceBusClient } from "@azure/service-bus";
import type { ServiceBusMessage } from "@azure/service-bus";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { startServiceBus } from "../service-bus/start.ts";
import type { ServiceBus } from "../service-bus/start.ts";
import { fixture, startTestHost } from "./testHost.ts";
import type { TestHost } from "./testHost.ts";

interface Seen {
  functionName: string;
  input: unknown;
  metadata: Record<string, unknown>;
  retry?: { retryCount: number; maxRetryCount: number };
}

const queue = (name: string, more: Record<string, unknown> = {}) => ({
  name,
  lockDurationSeconds: 30,
  maxDeliveryCount: 2,
  ...more,
});
const entities = {
  queues: [
    ...["batch", "binary", "single", "replies", "forwarded", "retried"].map((name) => queue(name)),
    queue("unsettled", { lockDurationSeconds: 1 }),
    ...["sessions", "session-batch"].map((name) => queue(name, { requiresSession: true })),
  ],
};

let broker: ServiceBus;
let host: TestHost;
let client: ServiceBusClient;

beforeAll(async () => {
  broker = await startServiceBus({ port: 0, store: ":memory:", entities });
  client = new ServiceBusClient(broker.connectionString);
  host = await startTestHost(fixture("service-bus"), {
    environment: { ServiceBus: broker.connectionString, BATCH_QUEUE: "batch" },
  });
});
afterAll(async () => {
  await client?.close();
  await host?.close();
  await broker?.close();
});

async function send(queueName: string, ...messages: ServiceBusMessage[]): Promise<void> {
  const sender = client.createSender(queueName);
  await sender.sendMessages(messages);
  await sender.close();
}

const text = (body: string, more: Partial<ServiceBusMessage> = {}) => ({ body: Buffer.from(body), ...more });

async function seenBy(functionName: string): Promise<Seen[]> {
  const response = await host.get("/api/seen");
  return ((await response.json()) as Seen[]).filter((entry) => entry.functionName === functionName);
}

const settled = (queueName: string) =>
  vi.waitFor(() => expect(broker.stats()[queueName]).toMatchObject({ active: 0, locked: 0 }), 10_000);

/** Sends messages while a batch is held, so that all of them are there when the next batch is cut. */
async function sendAsOneBatch(...messages: ServiceBusMessage[]): Promise<void> {
  await send("batch", text("hold"));
  await vi.waitFor(async () => expect((await seenBy("batch")).at(-1)?.input).toEqual(["hold"]), 10_000);
  await send("batch", ...messages);
  await vi.waitFor(
    () => expect(broker.stats()["batch"]).toMatchObject({ locked: messages.length + 1 }),
    10_000,
  );
  await host.get("/api/release");
}

test("a batch gets everything that has arrived, with metadata, and is completed", async () => {
  await sendAsOneBatch(
    text('{"a":1}', { messageId: "m1", subject: "s", applicationProperties: { EventType: "x" } }),
    text("42", { messageId: "m2" }),
    text("plain", { messageId: "007" }),
  );
  await settled("batch");
  const entry = (await seenBy("batch")).at(-1);
  expect(entry!.input).toEqual([{ a: 1 }, 42, "plain"]);
  expect(entry!.metadata).toMatchObject({
    messageIdArray: ["m1", "m2", "007"],
    subjectArray: ["s"],
    deliveryCountArray: [1, 1, 1],
    applicationPropertiesArray: [{ eventType: "x" }, {}, {}],
  });
});

test("a failing batch is abandoned as a whole, and the dead-letter queue is a trigger", async () => {
  await sendAsOneBatch(text("fail", { messageId: "f1" }), text("innocent", { messageId: "f2" }));
  const dead = await vi.waitFor(async () => {
    const entries = await seenBy("deadLetters");
    expect(entries.flatMap((entry) => entry.metadata["messageIdArray"])).toContain("f1");
    return entries;
  }, 10_000);
  await settled("batch");
  const tries = (await seenBy("batch")).flatMap((entry) => entry.metadata["messageIdArray"]);
  expect(tries.filter((id) => id === "f2")).toEqual(["f2", "f2"]);
  const [properties] = dead.flatMap((entry) => entry.metadata["applicationPropertiesArray"]);
  expect(properties).toMatchObject({ deadLetterReason: "MaxDeliveryCountExceeded" });
});

test("while a batch runs the next one fills, and one batch runs at a time", async () => {
  await send("batch", text("hold"));
  await vi.waitFor(async () => expect((await seenBy("batch")).at(-1)!.input).toEqual(["hold"]), 10_000);
  const before = (await seenBy("batch")).length;
  for (let index = 0; index < 15; index += 1) await send("batch", text(`later ${index}`));
  await vi.waitFor(() => expect(broker.stats()["batch"]).toMatchObject({ locked: 16 }), 10_000);
  expect(await seenBy("batch")).toHaveLength(before);
  await host.get("/api/release");
  await settled("batch");
  const later = (await seenBy("batch")).slice(before);
  expect(later.map((entry) => (entry.input as unknown[]).length)).toEqual([10, 5]);
});

test("dataType binary gives Buffers, and empty bodies are left out of a batch", async () => {
  await send(
    "binary",
    { body: Buffer.from([1, 255]), messageId: "b1" },
    { body: Buffer.alloc(0), messageId: "b2" },
  );
  await settled("binary");
  const entries = await seenBy("binary");
  expect(entries.flatMap((entry) => entry.input)).toEqual(["01ff"]);
  expect(entries.flatMap((entry) => entry.metadata["messageIdArray"])).toEqual(["b1", "b2"]);
});

test("a single message arrives with its metadata, and members of a JSON body count as metadata", async () => {
  await send("single", text('{"kind":"k","list":[1]}', { messageId: "42", correlationId: "c" }));
  await settled("single");
  const [entry] = await seenBy("single");
  expect(entry!.input).toEqual({ kind: "k", list: [1] });
  expect(entry!.metadata).toMatchObject({ messageId: 42, correlationId: "c", deliveryCount: 1, kind: "k" });
  expect(entry!.metadata).not.toHaveProperty("list");
});

test("single messages that succeed and fail at the same time are settled each in its own way", async () => {
  const bodies = Array.from({ length: 40 }, (_, index) => text(index % 3 === 0 ? "fail" : "fine"));
  await send("single", ...bodies);
  await vi.waitFor(
    () => expect(broker.stats()["single"]).toMatchObject({ active: 0, locked: 0, deadLetter: 14 }),
    10_000,
  );
});

test("a lock is renewed while the function runs, and what it leaves unsettled comes again", async () => {
  const ran = (times: number) =>
    vi.waitFor(async () => expect(await seenBy("unsettled")).toHaveLength(times), 10_000);
  await send("unsettled", text("hold"));
  await ran(1);
  const before = broker.operations().management.calls;
  await vi.waitFor(() => expect(broker.operations().management.calls).toBeGreaterThan(before + 3), 10_000);
  await ran(1);
  await host.get("/api/release");
  await ran(2);
  await host.get("/api/release");
  await vi.waitFor(
    () => expect(broker.stats()["unsettled"]).toMatchObject({ active: 0, deadLetter: 1 }),
    10_000,
  );
});

test("an output binding sends one message per element", async () => {
  await send("single", text("answer"));
  const receiver = client.createReceiver("replies");
  const replies = await receiver.receiveMessages(2, { maxWaitTimeInMs: 10_000 });
  expect(replies.map((reply) => reply.body as unknown)).toEqual([{ part: 1 }, { part: 2 }]);
  await receiver.close();
});

test("an HTTP function sends its outputs also from a process that listens to no queue", async () => {
  const apart = await startTestHost(fixture("service-bus"), {
    environment: { ServiceBus: broker.connectionString, BATCH_QUEUE: "batch" },
    apart: ["retried"],
  });
  onTestFinished(() => apart.close());
  expect((await apart.get("/api/forward")).status).toBe(200);
  expect(broker.stats()["forwarded"]).toMatchObject({ active: 1 });
});

test("sessions keep their order, one by one and in batches", async () => {
  for (const queueName of ["sessions", "session-batch"]) {
    const messages = ["a", "b", "a", "b", "a"].map((sessionId, index) =>
      text(`${sessionId}${index}`, { sessionId }),
    );
    await send(queueName, ...messages);
    await settled(queueName);
  }
  const single = (await seenBy("sessions")).map((entry) => entry.input as string);
  const batched = (await seenBy("sessionBatch")).flatMap((entry) => entry.input as string[]);
  for (const seen of [single, batched]) {
    expect(seen.filter((body) => body.startsWith("a"))).toEqual(["a0", "a2", "a4"]);
    expect(seen.filter((body) => body.startsWith("b"))).toEqual(["b1", "b3"]);
  }
});

test("a retry policy runs a failed message again before it is abandoned", async () => {
  await send("retried", text("x"));
  await vi.waitFor(
    () => expect(broker.stats()["retried"]).toMatchObject({ active: 0, deadLetter: 1 }),
    10_000,
  );
  const runs = (await seenBy("retried")).map((entry) => entry.retry?.retryCount);
  expect(runs).toEqual([0, 1, 0, 1]);
});

test("a broker that drops all connections is found again, and HTTP serves meanwhile", async () => {
  broker.faults.dropConnections();
  expect((await host.get("/api/seen")).status).toBe(200);
  await send("batch", text("after the loss"));
  await settled("batch");
  expect((await seenBy("batch")).at(-1)!.input).toEqual(["after the loss"]);
});

test("the queues work under a shifted clock, because packages keep the real time", async () => {
  const pid = host.childPid();
  const body = JSON.stringify({ now: new Date(Date.now() - 30 * 86_400_000).toISOString() });
  await host.get("/admin/local/clock", { method: "POST", body });
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(host.childPid()).not.toBe(pid), 20_000);
  await send("single", text("shifted"));
  await vi.waitFor(async () => expect((await seenBy("single")).at(-1)?.input).toBe("shifted"), 10_000);
});

test("a broker or a queue that is away is asked for until it answers, with one line each", async () => {
  const away = await startServiceBus({ port: 0, store: ":memory:", entities });
  const { port, connectionString } = away;
  await away.close();
  const patient = await startTestHost(fixture("service-bus"), {
    environment: { ServiceBus: connectionString, BATCH_QUEUE: "missing" },
  });
  const linesWith = (words: string) =>
    patient
      .printed()
      .split("\n")
      .filter((line) => line.includes(words));
  expect((await patient.get("/api/seen")).status).toBe(200);
  const lost = `127.0.0.1:${port} does not answer`;
  await vi.waitFor(() => expect(linesWith(lost)).toHaveLength(1), 10_000);
  const back = await startServiceBus({ port, store: ":memory:", entities });
  await vi.waitFor(() => expect(linesWith(`127.0.0.1:${port} answers again`)).toHaveLength(1), 10_000);
  await vi.waitFor(() => expect(linesWith("missing does not answer")).toHaveLength(1), 10_000);
  expect(linesWith(lost)).toHaveLength(1);
  await patient.close();
  await back.close();
});
