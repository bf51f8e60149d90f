import { beforeEach, expect, test } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { createRecordIndex, withRecordIndex } from "./recordIndex.ts";
import { createRecorder } from "./recorder.ts";
import { connect } from "./testing/modelNetwork.ts";
import { createModelTable } from "./testing/modelTable.ts";
import type { ModelTable } from "./testing/modelTable.ts";
import { checkIndex } from "./testing/runIndexing.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

let log: ModelTable;
let index: ModelTable;
let requests: { log: number; index: number };
beforeEach(() => {
  [log, index] = [createModelTable(), createModelTable()];
  requests = { log: 0, index: 0 };
});

/** A process's recorder. `beforeIndexing` stands between it and the table of the index. */
function startProcess(beforeIndexing: (table: Table) => Table = (table) => table) {
  const counted = (model: ModelTable, name: keyof typeof requests) =>
    connect(model, {
      delay: async () => {},
      fault: () => {
        requests[name] += 1;
        return "none";
      },
    }).table;
  const syncLog = counted(log, "log");
  const recordEvents = beforeIndexing(counted(index, "index"));
  const recorder = createRecorder({ table: syncLog, clock: () => Date.UTC(2026, 2, 4, 12, 30) });
  return withRecordIndex(recorder, createRecordIndex({ syncLog, recordEvents, sleep: async () => {} }));
}

const rows = () => index.rows("contoso");
const batch = (from: number, count: number) =>
  Array.from({ length: count }, (_, number) => sampleEvent({ eventId: sampleEventId(from + number) }));

test("new events cost one more transaction, on the table of the index, and nothing is read", async () => {
  const recorder = startProcess();
  await recorder.record(batch(0, 1));
  requests = { log: 0, index: 0 };
  await recorder.record(batch(1, 45));
  expect(requests).toEqual({ log: 1, index: 1 });
  expect(rows().size).toBe(46);
});

test("concurrent callers share transactions of the index", async () => {
  const recorder = startProcess();
  await recorder.record(batch(0, 1));
  requests = { log: 0, index: 0 };
  await Promise.all(batch(1, 40).map((event) => recorder.record([event])));
  expect(requests).toEqual({ log: 1, index: 1 });
});

test("of an event with many records the first hundred have it in their history", async () => {
  const recordIds = Array.from({ length: 130 }, (_, number) => `record-${number}`);
  await startProcess().record([sampleEvent({ recordId: "record-0", recordIds })]);
  expect(rows().size).toBe(100);
  expect([...rows().keys()].some((key) => key.startsWith("record-99|"))).toBe(true);
});

test("of events that come again no more than 32 rows are read side by side", async () => {
  const recordIds = Array.from({ length: 40 }, (_, number) => `record-${number}`);
  const events = batch(0, 3).map((event) => ({ ...event, recordId: null, recordIds }));
  await startProcess().record(events);
  let reads = 0;
  let most = 0;
  const again = startProcess((table) => ({
    ...table,
    async get(...where) {
      most = Math.max(most, (reads += 1));
      const row = await table.get(...where);
      reads -= 1;
      return row;
    },
  }));
  await again.record(events);
  expect(most).toBe(32);
});

test("events that were recorded before a crash are indexed when their message comes again", async () => {
  const failing = startProcess((table) => ({
    ...table,
    submit: () => Promise.reject(new StorageFault("ambiguous", null, "The process ends here.")),
  }));
  await expect(failing.record(batch(0, 3))).rejects.toBeInstanceOf(AggregateError);
  expect(rows().size).toBe(0);
  expect(await startProcess().record(batch(0, 3))).toEqual(["duplicate", "duplicate", "duplicate"]);
  expect(rows().size).toBe(3);
  checkIndex(log.rows("contoso"), rows());
});
