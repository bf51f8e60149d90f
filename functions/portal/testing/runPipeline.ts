import type { InvocationContext } from "@azure/functions";
import { DataverseFault } from "../../dynamics/dataverseFault.ts";
import { StorageFault } from "../../platform/storage/table.ts";
import type { Table } from "../../platform/storage/table.ts";
import { createRecordCache } from "../../records/recordCache.ts";
import { createRecordStore } from "../../records/recordStore.ts";
import { createRecorder } from "../../sync-log/recorder.ts";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import type { ModelTable } from "../../sync-log/testing/modelTable.ts";
import { numbersFrom } from "../../sync-log/testing/randomNumbers.ts";
import { eventQueues } from "../eventMessage.ts";
import type { EventQueue } from "../eventMessage.ts";
import { processArrivals, processRead } from "../process.ts";
import type { ProcessServices } from "../process.ts";
import { recordDeadLetters } from "../recordDeadLetters.ts";
import { createModelQueues } from "./modelQueues.ts";
import type { Queued } from "./modelQueues.ts";
import type { Story } from "./pipelineStory.ts";
import { storyMessages } from "./storyMessages.ts";

/** The handlers of the pipeline; a test of the test gives careless ones. */
export interface Handlers {
  processArrivals: typeof processArrivals;
  processRead: typeof processRead;
  recordDeadLetters: typeof recordDeadLetters;
}

const honest: Handlers = { processArrivals, processRead, recordDeadLetters };
const maxDeliveries = 3;
/** Invocations after which a pipeline that does not come to rest has lost its way. */
const maxInvocations = 400;

/** What a story left behind. */
export interface Outcome {
  syncLog: ModelTable;
  now: number;
  /** Messages that are still somewhere; none when the pipeline came to rest. */
  left: number;
}

/** Plays a story on the real handlers, recorder and record store, over model queues and tables, until nothing waits. */
export async function runPipeline(story: Story, handlers: Handlers = honest): Promise<Outcome> {
  let now = Date.UTC(2026, 5, 1, 12);
  const [syncLog, records] = [createModelTable(), createModelTable()];
  const queues = createModelQueues(maxDeliveries);
  for (const message of storyMessages(story, now)) queues.send(eventQueues.arrivals, message);

  const faults = story.storage.values();
  let troubles = story.troubles;
  let sends = 0;
  let deadReads = story.deadReads;

  /** A process of the app: after a crash a new one with empty memory takes its place. */
  function startProcess() {
    const network = { delay: () => Promise.resolve(), fault: () => faults.next().value ?? "none" } as const;
    const [log, copy] = [connect(syncLog, network), connect(records, network)];
    const troubled = (table: Table): Table => {
      const check = (partitionKey: string) => {
        if (partitionKey.startsWith("troubled") && troubles > 0) {
          troubles -= 1;
          throw new StorageFault("ambiguous", null, "503");
        }
      };
      return {
        submit: async (writes) => (check(writes[0]?.row.partitionKey ?? ""), table.submit(writes)),
        get: async (partitionKey, ...rest) => (check(partitionKey), table.get(partitionKey, ...rest)),
        range: async (range) => (check(range.partitionKey), table.range(range)),
      };
    };
    const services: ProcessServices = {
      clock: () => now,
      random: () => 0.5,
      directory: {
        find: (id: string) => Promise.resolve({ id, environmentUrl: "https://x.crm.dynamics.com" }),
      } as never,
      oversize: {
        put: () => Promise.resolve(),
        get: () => Promise.resolve(null),
        removeBefore: () => Promise.resolve(),
      },
      records: createRecordStore({
        table: troubled(copy.table),
        cache: createRecordCache(),
        pause: () => Promise.resolve(),
      }),
      recorder: createRecorder({
        table: troubled(log.table),
        clock: () => now,
        random: numbersFrom(7),
        sleep: () => Promise.resolve(),
      }),
      projection: { touch: () => {} } as never,
      readRow: async (_organization, row) => {
        deadReads -= 1;
        if (deadReads >= 0) throw new DataverseFault("unavailable", "Dynamics did not answer.");
        return {
          table: row.table,
          id: row.id,
          columns: { firstname: "read", modifiedon: new Date(now).toISOString() },
          rowVersion: null,
        } as never;
      },
      send: (queue) => async (message) => {
        sends += 1;
        if (story.failedSends.includes(sends)) throw new Error("The broker is away.");
        queues.send(queue, message);
      },
      retryBaseMs: 1_000,
      sleep: () => Promise.resolve(),
      patienceMs: 600,
      pressure: { calm: () => Promise.resolve() },
    };
    return { services, crashed: Promise.race([log.crashed, copy.crashed]) };
  }

  let process = startProcess();
  /** One invocation: true when it ended well, false when it threw or its process died. */
  async function invoke(run: (services: ProcessServices) => Promise<void>): Promise<boolean> {
    const dead = process.crashed.then(() => "crashed" as const);
    const ended = run(process.services)
      .then(() => "done" as const)
      .catch(() => "threw" as const);
    const result = await Promise.race([ended, dead]);
    if (result === "crashed") process = startProcess();
    return result === "done";
  }

  async function round(queue: EventQueue): Promise<boolean> {
    const messages = queues.peek(queue, queue === eventQueues.reads ? 1 : story.batch, now);
    if (messages.length === 0) return false;
    const single = queue === eventQueues.reads;
    const done = await invoke((services) =>
      single
        ? handlers.processRead(services, messages[0]?.message.body, context(messages, true))
        : handlers.processArrivals(
            services,
            messages.map(({ message }) => message.body),
            context(messages, false),
          ),
    );
    if (done) queues.complete(queue, messages);
    else queues.abandon(queue, messages);
    return true;
  }

  async function drainDeadLetters(queue: EventQueue): Promise<boolean> {
    const messages = queues.deadLetters(queue);
    if (messages.length === 0) return false;
    const bodies = messages.map(({ message }) => message.body);
    const done = await invoke((services) =>
      handlers.recordDeadLetters(services, bodies, context(messages, false)),
    );
    if (done) queues.completeDeadLetters(queue, messages);
    return true;
  }

  for (let count = 0; count < maxInvocations; count++) {
    let worked = false;
    for (const queue of Object.values(eventQueues))
      worked = (await round(queue)) || (await drainDeadLetters(queue)) || worked;
    if (worked) continue;
    const next = queues.nextDue();
    if (next === null) return { syncLog, now, left: 0 };
    now = Math.max(now, next);
  }
  return { syncLog, now, left: 1 };
}

function context(messages: readonly Queued[], single: boolean): InvocationContext {
  const properties = messages.map(({ message }) => ({ ...message.applicationProperties }));
  const quiet = () => {};
  return {
    invocationId: "invocation",
    triggerMetadata: single
      ? { applicationProperties: properties[0] }
      : { applicationPropertiesArray: properties },
    info: quiet,
    warn: quiet,
    error: quiet,
  } as unknown as InvocationContext;
}
