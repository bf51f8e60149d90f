import { beforeEach, expect, test } from "vitest";
import type { LogTables } from "./logTables.ts";
import { purge } from "./purge.ts";
import { readEvent } from "./readEvent.ts";
import { readStatus } from "./readStatus.ts";
import { createRecordIndex, withRecordIndex } from "./recordIndex.ts";
import { createRecorder } from "./recorder.ts";
import type { Recorder } from "./recorder.ts";
import { createRejectionRecorder } from "./rejectionRecorder.ts";
import { connect } from "./testing/modelNetwork.ts";
import { createModelTable } from "./testing/modelTable.ts";
import type { ModelTable } from "./testing/modelTable.ts";
import { checkIndex } from "./testing/runIndexing.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";
import type { Table } from "../platform/storage/table.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);
const day = 24 * 3_600_000;
const kept = { events: now - 10 * day, counters: now - 20 * day };
const outcomes = ["success", "error", "skipped"] as const;

let model: ModelTable;
let index: ModelTable;
let tables: LogTables;
let recorder: Recorder;
beforeEach(() => {
  model = createModelTable();
  index = createModelTable();
  const [syncLog, recordEvents] = [connectCalm(model), connectCalm(index)];
  tables = { syncLog, recordEvents };
  recorder = withRecordIndex(createRecorder({ table: syncLog, clock: () => now }), createRecordIndex(tables));
});

const connectCalm = (of: ModelTable) => connect(of, { delay: async () => {}, fault: () => "none" }).table;

/** One event a day from today on, as far back as said. */
const daily = (days: number) =>
  Array.from({ length: days }, (_, age) =>
    sampleEvent({
      eventId: sampleEventId(age),
      receivedAt: now - age * day,
      outcome: outcomes[age % 3] ?? "success",
    }),
  );

const keys = (kind: string) => [...model.rows("contoso").keys()].filter((key) => key.startsWith(`${kind}|`));

test("old events go with their identity and index rows, the others and all counts stay", async () => {
  await recorder.record(daily(16));
  expect(await purge(tables, "contoso", kept)).toEqual({ removed: 5, done: true, oldestHeld: null });
  expect([keys("e"), keys("i"), keys("x")].map(({ length }) => length)).toEqual([11, 11, 7]);
  expect(await readEvent(tables.syncLog, "contoso", sampleEventId(10))).not.toBeNull();
  expect(await readEvent(tables.syncLog, "contoso", sampleEventId(11))).toBeNull();
  const counts = (await readStatus(tables.syncLog, "contoso", now)).periods.at(-1);
  expect(counts).toMatchObject({ success: 6, error: 5, skipped: 5 });
});

test("old counters go, but not the day that is still kept nor the latest times", async () => {
  await recorder.record([...daily(30)].slice(20));
  await purge(tables, "contoso", kept);
  const latest = new Date(now - 20 * day).toISOString();
  expect(await readStatus(tables.syncLog, "contoso", now)).toMatchObject({ lastEventAt: latest });
  expect((await readStatus(tables.syncLog, "contoso", now)).periods.at(-1)).toMatchObject({
    skipped: 1,
    error: 0,
  });
});

test("old rejections go", async () => {
  const rejections = createRejectionRecorder({ table: tables.syncLog });
  for (const age of [1, 15, 25]) {
    const at = now - age * day;
    await rejections.reject({
      organizationId: "contoso",
      reason: "notJson",
      at,
      contentType: null,
      bytes: 1,
    });
  }
  await purge(tables, "contoso", kept);
  expect([keys("r"), keys("d"), keys("c")].map(({ length }) => length)).toEqual([1, 2, 2]);
});

test("a large log goes in several calls", async () => {
  const old = daily(160).map((event) => ({ ...event, receivedAt: event.receivedAt - 30 * day }));
  await recorder.record(old);
  let calls = 0;
  let done = false;
  for (; !done; calls += 1) ({ done } = await purge(tables, "contoso", kept, 100));
  expect(calls).toBeGreaterThan(1);
  expect([...keys("e"), ...keys("i"), ...keys("x")]).toEqual([]);
  expect(index.rows("contoso").size).toBe(0);
});

test("old events leave the histories of all their records, also when some have left before", async () => {
  const records = Array.from({ length: 40 }, (_, number) => `record-${number}`);
  await recorder.record(daily(16).map((event) => ({ ...event, recordId: "record-0", recordIds: records })));
  const inHistory = () => [...index.rows("contoso").keys()];
  const gone = inHistory().filter((key) => key.endsWith(sampleEventId(12)));
  index.submit(gone.map((rowKey) => ({ kind: "delete", row: { partitionKey: "contoso", rowKey } })));
  await purge(tables, "contoso", kept);
  expect(inHistory()).toHaveLength(11 * 40);
  checkIndex(model.rows("contoso"), index.rows("contoso"));
});

test("an event that somebody advances at that moment stays, and holds up no other", async () => {
  await recorder.record(daily(16));
  const advancing: Table = {
    ...tables.syncLog,
    async range(range) {
      const page = await tables.syncLog.range(range);
      const replay = { attempt: 2, attemptKind: "replay", outcome: "success" } as const;
      const changed = daily(16).filter((event) => event.eventId === sampleEventId(13));
      await recorder.record(changed.map((event) => ({ ...event, ...replay })));
      return page;
    },
  };
  expect((await purge({ ...tables, syncLog: advancing }, "contoso", kept)).removed).toBe(4);
  expect(await readEvent(tables.syncLog, "contoso", sampleEventId(13))).toMatchObject({ outcome: "success" });
  expect((await purge(tables, "contoso", kept)).removed).toBe(1);
});

test("events that are held stay until they were processed, however old, and hold up no other", async () => {
  const held = { outcome: "skipped", code: "integration.paused" } as const;
  const events = daily(16).map((event, age) => (age >= 11 && age <= 14 ? { ...event, ...held } : event));
  await recorder.record(events);
  const answer = await purge(tables, "contoso", kept, 2);
  expect(answer).toEqual({ removed: 1, done: true, oldestHeld: now - 14 * day });
  expect(keys("h")).toHaveLength(4);
  expect(await readEvent(tables.syncLog, "contoso", sampleEventId(14))).toMatchObject(held);
  expect(await readEvent(tables.syncLog, "contoso", sampleEventId(15))).toBeNull();
  checkIndex(model.rows("contoso"), index.rows("contoso"));
  const replay = { attempt: 2, attemptKind: "replay", outcome: "success", code: null } as const;
  await recorder.record(events.slice(11, 15).map((event) => ({ ...event, ...replay })));
  expect(await purge(tables, "contoso", kept)).toEqual({ removed: 4, done: true, oldestHeld: null });
});
