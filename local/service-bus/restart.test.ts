import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { ServiceBusClient } from "@azure/service-bus";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";

import { startServiceBus } from "./start.ts";
import { openClient, testQueue } from "./testBus.ts";

type Ready = { port: number; adminPort: number; connectionString: string };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "service-bus-"));
  const queues = [
    testQueue("kept", { duplicateDetectionWindowSeconds: 3600, maxDeliveryCount: 3 }),
    testQueue("sessions", { requiresSession: true }),
  ];
  await writeFile(join(folder, "entities.json"), JSON.stringify({ queues }));
});
afterEach(() => rm(folder, { recursive: true }));

/** Starts the broker as a process on the store of this test; `silent` hides what it prints. */
async function startProcess(silent = false): Promise<Ready & { process: ChildProcess }> {
  const [store, entities] = [join(folder, "store.db"), join(folder, "entities.json")];
  const options = ["--port=0", `--store=${store}`, `--entities=${entities}`];
  const process = fork(join(import.meta.dirname, "main.ts"), options, { silent });
  const [message] = (await once(process, "message")) as [{ ready: Ready }];
  return { ...message.ready, process };
}

async function end(process: ChildProcess, signal: "SIGKILL" | "SIGTERM") {
  const exited = once(process, "exit");
  process.kill(signal);
  return (await exited) as [number | null];
}

test("kill -9 under load loses nothing that was acknowledged, and nothing else goes missing", async () => {
  const first = await startProcess();
  const client = openClient(first.connectionString, 1_000);
  const acknowledged: string[] = [];
  const load = { stopped: false };
  const sender = client.createSender("kept");
  const sendUntilKilled = async (lane: number) => {
    for (let index = 0; !load.stopped; index += 1) {
      const messageId = `${lane}-${index}`;
      await sender.sendMessages({ body: messageId, messageId });
      acknowledged.push(messageId);
    }
  };
  const lanes = Array.from({ length: 20 }, (_, lane) =>
    sendUntilKilled(lane).catch(() => (load.stopped = true)),
  );
  await expect.poll(() => acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(1_000);
  await end(first.process, "SIGKILL");
  load.stopped = true;
  await client.close();
  await Promise.all(lanes);

  const second = await startProcess();
  const again = openClient(second.connectionString);
  const received: string[] = [];
  const receiver = again.createReceiver("kept", { receiveMode: "receiveAndDelete" });
  for (;;) {
    const batch = await receiver.receiveMessages(1000, { maxWaitTimeInMs: 200 });
    if (batch.length === 0) break;
    received.push(...batch.map(({ messageId }) => String(messageId)));
  }
  const got = new Set(received);
  expect(got.size).toBe(received.length);
  expect(acknowledged.filter((messageId) => !got.has(messageId))).toEqual([]);
  await again.close();
  expect(await end(second.process, "SIGTERM")).toEqual([0, null]);
});

test("a killed broker comes back as it was: locks are free, all else is kept", async () => {
  const first = await startProcess();
  const client = openClient(first.connectionString);
  const sender = client.createSender("kept");
  const bodies = ["gone", "dead", "deferred", "abandoned", "locked"];
  await sender.sendMessages(bodies.map((body) => ({ body, messageId: body, timeToLive: 600_000 })));
  await sender.scheduleMessages(
    { body: "scheduled", messageId: "scheduled" },
    new Date(Date.now() + 600_000),
  );
  const receiver = client.createReceiver("kept");
  const received = await receiver.receiveMessages(5);
  await receiver.completeMessage(received[0]!);
  await receiver.deadLetterMessage(received[1]!, {
    deadLetterReason: "why",
    deadLetterErrorDescription: "because",
  });
  await receiver.deferMessage(received[2]!);
  await receiver.abandonMessage(received[3]!);
  await client.createSender("sessions").sendMessages({ body: "in session", sessionId: "s" });
  const session = await client.acceptSession("sessions", "s");
  await session.setSessionState("page 7");
  await end(first.process, "SIGKILL");
  await client.close();

  const second = await startProcess();
  const again = openClient(second.connectionString);
  const status = (await (await fetch(`http://127.0.0.1:${second.adminPort}/queues`)).json()) as object;
  expect(status).toMatchObject({
    queues: { kept: { active: 2, scheduled: 1, deferred: 1, deadLetter: 1, locked: 0 } },
  });
  const survivors = again.createReceiver("kept");
  expect(await survivors.receiveMessages(2)).toMatchObject([
    { body: "abandoned", deliveryCount: 1, timeToLive: 600_000 },
    { body: "locked", deliveryCount: 0 },
  ]);
  expect(await survivors.receiveDeferredMessages(received[2]!.sequenceNumber!)).toMatchObject([
    { body: "deferred" },
  ]);
  const dead = again.createReceiver("kept", { subQueueType: "deadLetter" });
  expect(await dead.receiveMessages(1)).toMatchObject([{ body: "dead", deadLetterReason: "why" }]);
  await again.createSender("kept").sendMessages([{ body: "again", messageId: "gone" }, { body: "new" }]);
  const [next] = await survivors.receiveMessages(1);
  expect([next?.body, Number(next?.sequenceNumber)]).toEqual(["new", 7]);
  const kept = await again.acceptNextSession("sessions");
  expect(await kept.getSessionState()).toBe("page 7");
  await again.close();
  await end(second.process, "SIGTERM");
});

test("the process serves its health and its queues over HTTP", async () => {
  const { adminPort, process, connectionString } = await startProcess();
  onTestFinished(async () => void (await end(process, "SIGTERM")));
  const client = new ServiceBusClient(connectionString);
  await client.createSender("kept").sendMessages({ body: 1 });
  await client.close();
  const get = (path: string) => fetch(`http://127.0.0.1:${adminPort}${path}`);
  expect(await (await get("/health")).json()).toEqual({ status: "ok" });
  expect(await (await get("/queues")).json()).toMatchObject({
    queues: { kept: { active: 1, oldestEnqueuedAt: expect.any(Number) as number } },
    operations: { sends: { messages: 1, transfers: 1, frames: 1 } },
  });
  expect((await get("/elsewhere")).status).toBe(404);
});

test("a store that another broker uses is refused with a word on what to do", async () => {
  const options = { port: 0, store: join(folder, "one.db"), entities: { queues: [testQueue("q")] } };
  const bus = await startServiceBus(options);
  await expect(startServiceBus(options)).rejects.toThrow(/another broker is using it; stop that one first/);
  await bus.close();
});

test("a queue keeps what it has when its name is spelt in another case", async () => {
  const store = join(folder, "renamed.db");
  for (const [name, active] of [
    ["Orders", 1],
    ["orders", 2],
  ] as const) {
    const bus = await startServiceBus({ port: 0, store, entities: { queues: [testQueue(name)] } });
    const client = openClient(bus.connectionString);
    await client.createSender(name).sendMessages({ body: name });
    expect(bus.stats()[name]).toMatchObject({ active });
    await client.close();
    await bus.close();
  }
});

test("a store that cannot be written ends the process, and nothing is answered", async () => {
  const first = await startProcess();
  await end(first.process, "SIGTERM");
  const database = new DatabaseSync(join(folder, "store.db"));
  database.exec(`CREATE TRIGGER full BEFORE INSERT ON "kept/messages"
    WHEN new.messageId = 'b' BEGIN SELECT raise(ABORT, 'no space left'); END`);
  database.close();

  const second = await startProcess(true);
  const exited = once(second.process, "exit");
  const client = openClient(second.connectionString, 1_000);
  const sending = client
    .createSender("kept")
    .sendMessages(["a", "b"].map((messageId) => ({ body: 1, messageId })));
  await expect(sending).rejects.toThrow();
  expect(await exited).toEqual([1, null]);
  await client.close();
  const left = new DatabaseSync(join(folder, "store.db"));
  expect(left.prepare('SELECT * FROM "kept/messages"').all()).toEqual([]);
  left.close();
});

test("unusable entities are refused with everything that is wrong", async () => {
  const entities = { queues: [{ ...testQueue("bad name"), lockDurationSeconds: 0, colour: "red" }] };
  const starting = startServiceBus({ port: 0, store: ":memory:", entities });
  await expect(starting).rejects.toThrow(
    /letters, digits[\s\S]*lockDurationSeconds[\s\S]*colour|colour[\s\S]*/,
  );
  const twice = { queues: [testQueue("same"), testQueue("SAME")] };
  await expect(startServiceBus({ port: 0, store: ":memory:", entities: twice })).rejects.toThrow(
    /"SAME" twice/,
  );
});
