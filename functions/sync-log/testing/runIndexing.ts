import { deepStrictEqual } from "node:assert/strict";
import type { StoredRow, Table } from "../../platform/storage/table.ts";
import type { RecordedEvent } from "../recordedEvent.ts";
import { createRecordIndex, withRecordIndex } from "../recordIndex.ts";
import { createRecorder } from "../recorder.ts";
import type { Recorder } from "../recorder.ts";
import { connect, scheduledNetwork } from "./modelNetwork.ts";
import { createModelTable } from "./modelTable.ts";
import type { ModelRows } from "./modelTable.ts";
import { numbersFrom } from "./randomNumbers.ts";
import { scenarioNow } from "./recordingScenario.ts";
import type { Delivery, RecordingScenario } from "./recordingScenario.ts";

/** Deliveries of one batch after which something must be wrong: faults run out long before. */
const maxDeliveries = 60;

/** Ways to get the index wrong, as if a precaution had been forgotten in the code. */
export interface Carelessness {
  recordEvents?: (table: Table) => Table;
  withIndex?: typeof withRecordIndex;
}

/** What a story came to, to see that stories are worth telling. */
interface IndexingStatistics {
  rows: number;
  redeliveries: number;
}

/**
 * Plays a story with real recorders and indexes over model tables, both of a process behind the same network and dying
 * with it, and checks at the end that the index of records says what the log says. Throws when it does not.
 */
export async function runIndexing(
  scenario: RecordingScenario,
  { recordEvents: disturb = (table) => table, withIndex = withRecordIndex }: Carelessness = {},
): Promise<IndexingStatistics> {
  const { scheduler, shards, deliveries } = scenario;
  const [log, index] = [createModelTable(), createModelTable()];
  const network = scheduledNetwork(scenario);
  const { sleep } = network;
  const random = numbersFrom(scenario.seed);
  function startWorker() {
    const [toLog, toIndex] = [connect(log, network), connect(index, network)];
    const recorder = createRecorder({ table: toLog.table, clock: () => scenarioNow, random, sleep, shards });
    const tables = { syncLog: toLog.table, recordEvents: disturb(toIndex.table) };
    return {
      recorder: withIndex(recorder, createRecordIndex({ ...tables, random, sleep })),
      crashed: Promise.race([toLog.crashed, toIndex.crashed]),
    };
  }
  const workers = Array.from({ length: scenario.workers }, startWorker);
  let redeliveries = 0;

  async function deliver({ worker, batch }: Delivery): Promise<void> {
    await network.delay("a delivery");
    for (let tries = 0; tries < maxDeliveries; tries += 1) {
      const place = (worker + tries) % workers.length;
      const process = workers[place] as ReturnType<typeof startWorker>;
      const ended = await Promise.race([
        tryRecord(process.recorder, batch),
        process.crashed.then(() => "crashed" as const),
      ]);
      if (ended === "done") return;
      redeliveries += 1;
      if (ended === "crashed" && workers[place] === process) workers[place] = startWorker();
    }
    throw new Error("A batch was delivered over and over and never indexed.");
  }

  await scheduler.waitFor(Promise.all(deliveries.map(deliver)));
  await scheduler.waitIdle();
  let rows = 0;
  for (const organizationId of ["contoso", "fabrikam"]) {
    checkIndex(log.rows(organizationId), index.rows(organizationId));
    rows += index.rows(organizationId).size;
  }
  return { rows, redeliveries };
}

/** Told from the rows alone and without the code that writes them: what the index must be, given the log. */
export function checkIndex(log: ModelRows, index: ModelRows): void {
  const expected = [...log.values()]
    .filter(({ rowKey }) => rowKey.startsWith("e|"))
    .flatMap((event) =>
      recordsOf(event).map((record) => `${record}|${event.rowKey.slice(2)} ${line(event)}`),
    );
  const found = [...index.values()].map((row) => `${row.rowKey} ${line(row)}`);
  deepStrictEqual(found.toSorted(), expected.toSorted(), "index of records");
}

function recordsOf(event: StoredRow): string[] {
  return JSON.parse(String(event["recordIds"] ?? "[]")) as string[];
}

function line(row: StoredRow): string {
  const { outcome, code, message, eventType, table, recordId, processedAt, attempts, nextAttemptAt } = row;
  return JSON.stringify([
    ...[outcome, code, message, eventType, table, recordId, processedAt, attempts, nextAttemptAt],
  ]);
}

/** `failed` when the batch has to be delivered again. */
async function tryRecord(recorder: Recorder, batch: readonly RecordedEvent[]): Promise<"done" | "failed"> {
  try {
    await recorder.record(batch);
    return "done";
  } catch (error) {
    if (error instanceof AggregateError) return "failed";
    throw error;
  }
}
