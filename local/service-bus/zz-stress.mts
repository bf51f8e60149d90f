import { ServiceBusClient } from "@azure/service-bus";
import { startServiceBus } from "./start.ts";
import { rmSync } from "node:fs";
rmSync("/tmp/service-bus/st.db", { force: true }); rmSync("/tmp/service-bus/st.db-wal", { force: true });
const bus = await startServiceBus({ port: 0, store: process.argv[2] ?? "/tmp/service-bus/st.db", entities: { queues: [{ name: "q", lockDurationSeconds: 3, maxDeliveryCount: 10, duplicateDetectionWindowSeconds: 3600 }] } });
const TOTAL = 20000;
const chaos = process.argv[3] === "chaos";
const done = new Map<string, number>(); const dead = new Set<string>(); let dupDone = 0, errs = 0;
let gate: Promise<unknown> = Promise.resolve();
const exclusive = async (f: () => Promise<unknown>) => { const prev = gate; let release!: () => void; gate = new Promise<void>((r) => (release = r)); await prev; const p = f(); setImmediate(release); return p; };
const clients = Array.from({ length: 5 }, () => new ServiceBusClient(bus.connectionString, { retryOptions: { maxRetries: 10, retryDelayInMs: 50, timeoutInMs: 3000 } }));
for (const c of clients) c.createReceiver("q").subscribe({
  async processMessage(m) {
    const id = String(m.messageId); const r = Math.random(); const receiver = (m as any).r ?? undefined;
    if (r < 0.03) throw new Error("abandon");
  }, async processError(e) { if ((e.error as Error).message !== "abandon") errs++; } }, { maxConcurrentCalls: 20 });
const t = performance.now();
const sender = clients[0]!.createSender("q");
let n = 0; await Promise.all(Array.from({ length: 50 }, async () => { while (n < TOTAL) { const id = `m${n++}`; for (;;) { try { await sender.sendMessages({ body: id, messageId: id }); break; } catch { } } } }));
console.log("sent", n, Math.round(performance.now() - t), "ms");
const timer = chaos ? setInterval(() => Math.random() < 0.5 ? bus.faults.detachAll("q", "amqp:link:detach-forced") : bus.faults.dropConnections(), 700) : undefined;
const t2 = Date.now();
let mark = 0;
while (bus.stats()["q"]!.active > 0 && Date.now() - t2 < 60000) { await new Promise((r) => setTimeout(r, 200)); if (Date.now() - t2 > 6000 && timer) { clearInterval(timer); } }
console.log(bus.stats(), bus.operations(), "errs", errs, Math.round(performance.now() - t), "ms");
// management volume and a large receive
const s2 = clients[1]!; const r2 = s2.createReceiver("q");
for (let i = 0; i < 3000; i++) await r2.peekMessages(1);
console.log("3000 peeks ok");
for (const c of clients) await c.close();
const c9 = new ServiceBusClient(bus.connectionString);
const s9 = c9.createSender("q"); for (let i = 0; i < 5; i++) await s9.sendMessages(Array.from({ length: 500 }, (_, k) => ({ body: i * 500 + k })));
const r9 = c9.createReceiver("q"); const got = await r9.receiveMessages(2500); console.log("got", got.length);
await Promise.all(got.map((m) => r9.completeMessage(m))); const rest = await r9.receiveMessages(2500, { maxWaitTimeInMs: 1000 }); console.log("rest", rest.length);
await c9.close(); await bus.close();
