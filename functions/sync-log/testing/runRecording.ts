import type { Table } from "../../platform/storage/table.ts";
import type { RecordedEvent } from "../recordedEvent.ts";
import { createRecorder } from "../recorder.ts";
import type { Recorder } from "../recorder.ts";
import { createEventHistories } from "./eventHistories.ts";
import { checkExact } from "./exactness.ts";
import { connect, scheduledNetwork } from "./modelNetwork.ts";
import type { Connection } from "./modelNetwork.ts";
import { createModelTable } from "./modelTable.ts";
import { numbersFrom } from "./randomNumbers.ts";
import { scenarioNow } from "./recordingScenario.ts";
import type { Delivery, RecordingScenario } from "./recordingScenario.ts";

/** Deliveries of one batch after which something must be wrong: faults run out long before. */
const maxDeliveries = 60;

/** What a story came to, to see that stories are worth telling. */
interface RecordingStatistics {
  transactions: number;
  redeliveries: number;
}

/**
 * Plays a story with real recorders over the model table and checks invariant I1 after every transaction and at
 * the end. Throws at the first violation. `disturb` stands between recorder and table, to show that a recorder
 * that lacks a precaution is found out.
 */
export async function runRecording(
  scenario: RecordingScenario,
  disturb: (table: Table) => Table = (table) => table,
): Promise<RecordingStatistics> {
  const { scheduler, shards, deliveries } = scenario;
  const statistics = { transactions: 0, redeliveries: 0 };
  const violations: unknown[] = [];
  const histories = createEventHistories();
  const model = createModelTable((partitionKey) => {
    statistics.transactions += 1;
    histories.observe(partitionKey, model.rows(partitionKey));
    try {
      checkExact(model.rows(partitionKey), scenarioNow);
    } catch (violation) {
      violations.push(violation);
    }
  });
  const network = scheduledNetwork(scenario);
  const { sleep } = network;
  const random = numbersFrom(scenario.seed);
  const startWorker = () => {
    const connection = connect(model, network);
    const table = disturb(connection.table);
    return {
      connection,
      recorder: createRecorder({ table, clock: () => scenarioNow, random, sleep, shards }),
    };
  };
  const workers = Array.from({ length: scenario.workers }, startWorker);

  async function deliver({ worker, batch }: Delivery): Promise<void> {
    await network.delay("a delivery");
    const lengths = batch.map(histories.length);
    for (let tries = 0; tries < maxDeliveries; tries += 1) {
      const place = (worker + tries) % workers.length;
      const { connection, recorder } = workers[place] as { connection: Connection; recorder: Recorder };
      const results = await Promise.race([tryRecord(recorder, batch), connection.crashed]);
      if (results) {
        for (const [index, event] of batch.entries()) {
          histories.check(event, results[index] ?? "duplicate", lengths[index] ?? 0);
        }
        return;
      }
      statistics.redeliveries += 1;
      const hasCrashed = results === undefined;
      if (hasCrashed && workers[place]?.connection === connection) workers[place] = startWorker();
    }
    throw new Error("A batch was delivered over and over and never recorded.");
  }

  try {
    await scheduler.waitFor(Promise.all(deliveries.map(deliver)));
    await scheduler.waitIdle();
  } catch (error) {
    // What was wrong in the rows says more than what a caller was told later because of it.
    throw violations[0] ?? error;
  }
  if (violations.length > 0) throw violations[0];
  return statistics;
}

/** Null when the batch has to be delivered again. */
async function tryRecord(recorder: Recorder, batch: readonly RecordedEvent[]) {
  try {
    return await recorder.record(batch);
  } catch (error) {
    if (error instanceof AggregateError) return null;
    throw error;
  }
}
