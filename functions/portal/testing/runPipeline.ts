import type { InvocationContext } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { DataverseFault } from "../../dynamics/dataverseFault.ts";
import { StorageFault } from "../../platform/storage/table.ts";
import type { Table } from "../../platform/storage/table.ts";
import { defaultMappings } from "../../records/defaultMappings.ts";
import { createRecordCache } from "../../records/recordCache.ts";
import { createRecordStore } from "../../records/recordStore.ts";
import { createRecordIndex, withRecordIndex } from "../../sync-log/recordIndex.ts";
import { createRecorder } from "../../sync-log/recorder.ts";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import type { ModelTable } from "../../sync-log/testing/modelTable.ts";
import { numbersFrom } from "../../sync-log/testing/randomNumbers.ts";
import { eventQueues, replayQueue } from "../eventMessage.ts";
import { processArrivals, processRead } from "../process.ts";
import { recordDeadLetters } from "../recordDeadLetters.ts";
import { continueReplays } from "../replay/continueReplays.ts";
import { processReplay, recordDeadStep } from "../replay/processReplay.ts";
import type { ReplayServices } from "../replay/replayServices.ts";
import { createReplayStore } from "../replay/replayStore.ts";
import { act, organizationIds, staleDirectory, storedOrganization } from "./administrator.ts";
import { createModelQueues } from "./modelQueues.ts";
import type { ModelQueue, Queued } from "./modelQueues.ts";
import type { Story } from "./pipelineStory.ts";
import type { AdministratorAct, ReplayStory } from "./replayStory.ts";
import { storyMessages } from "./storyMessages.ts";

/** The handlers of the pipeline; a test of the test gives careless ones. */
export interface Handlers {
  processArrivals: typeof processArrivals;
  processRead: typeof processRead;
  recordDeadLetters: typeof recordDeadLetters;
  processReplay: typeof processReplay;
  recordDeadStep: typeof recordDeadStep;
  continueReplays: typeof continueReplays;
}

/** The handlers as they are. */
export const honest: Handlers = {
  processArrivals,
  processRead,
  recordDeadLetters,
  processReplay,
  recordDeadStep,
  continueReplays,
};
const maxDeliveries = 3;
/** Invocations after which a pipeline that does not come to rest has lost its way. */
const maxInvocations = 400;

/** What a story left behind. */
export interface Outcome {
  syncLog: ModelTable;
  /** The index of events by record. */
  recordEvents: ModelTable;
  records: ModelTable;
  replays: ModelTable;
  now: number;
  /** Messages that are still somewhere; none when the pipeline came to rest. */
  left: number;
}

/**
 * Plays a story on the real handlers, recorder and record store, over model queues and tables, until nothing waits.
 * `finale` is done one after the other when all has come to rest and nothing goes wrong any more; `rested` is told of
 * each time it has.
 */
export async function runPipeline(
  story: Story & Partial<ReplayStory>,
  handlers: Handlers = honest,
  finale: readonly AdministratorAct[] = [],
  rested: (outcome: Outcome) => void = () => {},
): Promise<Outcome> {
  const receivedFrom = Date.UTC(2026, 5, 1, 12);
  let now = receivedFrom + 120_000;
  const [syncLog, recordEvents] = [createModelTable(), createModelTable()];
  const [records, replays] = [createModelTable(), createModelTable()];
  const queues = createModelQueues(maxDeliveries);
  for (const message of storyMessages(story, receivedFrom)) queues.send(eventQueues.arrivals, message);

  const faults = story.storage.values();
  const replayFaults = (story.replayStorage ?? []).values();
  let troubles = story.troubles;
  let sends = 0;
  let deadReads = story.deadReads;
  const acts = [...(story.acts ?? [])];
  const ending = [...finale];
  const states = { paused: false };
  let calm = false;

  /** A process of the app: after a crash a new one with empty memory takes its place. */
  function startProcess() {
    const network = {
      delay: () => Promise.resolve(),
      fault: () => (calm ? "none" : (faults.next().value ?? "none")),
    } as const;
    const [log, index, copy, plan] = [
      connect(syncLog, network),
      connect(recordEvents, network),
      connect(records, network),
      connect(replays, { ...network, fault: () => (calm ? "none" : (replayFaults.next().value ?? "none")) }),
    ];
    const troubled = (table: Table): Table => {
      const check = (partitionKey: string) => {
        if (partitionKey.startsWith("troubled") && troubles > 0 && !calm) {
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
    const services: ReplayServices = {
      clock: () => now,
      random: () => 0.5,
      organizations: { get: (id) => Promise.resolve(storedOrganization(id, states)) },
      directory: staleDirectory(states, story.staleLooks ?? 0),
      syncLog: troubled(log.table),
      recordEvents: troubled(index.table),
      recordTable: troubled(copy.table),
      replays: createReplayStore({ table: troubled(plan.table), clock: () => now }),
      sendStep: (message) => send(replayQueue, message),
      oversize: {
        put: () => Promise.resolve(),
        get: () => Promise.resolve(null),
        removeBefore: () => Promise.resolve(),
      },
      mappings: { of: () => Promise.resolve(defaultMappings), renew: () => Promise.resolve() },
      records: createRecordStore({
        table: troubled(copy.table),
        cache: createRecordCache(),
        pause: () => Promise.resolve(),
      }),
      recorder: withRecordIndex(
        createRecorder({
          table: troubled(log.table),
          clock: () => now,
          random: numbersFrom(7),
          sleep: () => Promise.resolve(),
        }),
        createRecordIndex({
          syncLog: troubled(log.table),
          recordEvents: troubled(index.table),
          random: numbersFrom(7),
          sleep: () => Promise.resolve(),
        }),
      ),
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
      send: (queue) => (message) => send(queue, message),
      retryBaseMs: 1_000,
      sleep: async (ms) => {
        now += ms;
      },
      patienceMs: 600,
      pressure: { calm: () => Promise.resolve() },
    };
    const crashes = [log, index, copy, plan].map(({ crashed }) => crashed);
    return { services, crashed: Promise.race(crashes) };
  }

  async function send(queue: ModelQueue, message: ServiceBusMessage): Promise<void> {
    sends += 1;
    if (story.failedSends.includes(sends) && !calm) throw new Error("The broker is away.");
    queues.send(queue, message);
  }

  let process = startProcess();
  /** One invocation: true when it ended well, false when it threw or its process died. */
  async function invoke(run: (services: ReplayServices) => Promise<void>): Promise<boolean> {
    const dead = process.crashed.then(() => "crashed" as const);
    const ended = run(process.services)
      .then(() => "done" as const)
      .catch(() => "threw" as const);
    const result = await Promise.race([ended, dead]);
    if (result === "crashed") process = startProcess();
    return result === "done";
  }

  async function round(queue: ModelQueue): Promise<boolean> {
    const single = queue === eventQueues.reads || queue === replayQueue;
    const messages = queues.peek(queue, single ? 1 : story.batch, now);
    if (messages.length === 0) return false;
    const one = queue === replayQueue ? handlers.processReplay : handlers.processRead;
    const done = await invoke((services) =>
      single
        ? one(services, messages[0]?.message.body, context(messages, true))
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

  async function drainDeadLetters(queue: ModelQueue): Promise<boolean> {
    const single = queue === replayQueue;
    const messages = queues.deadLetters(queue).slice(0, single ? 1 : undefined);
    if (messages.length === 0) return false;
    const bodies = messages.map(({ message }) => message.body);
    const done = await invoke((services) =>
      single
        ? handlers.recordDeadStep(services, bodies[0], context(messages, true))
        : handlers.recordDeadLetters(services, bodies, context(messages, false)),
    );
    if (done) queues.completeDeadLetters(queue, messages);
    return true;
  }

  const outcome = (left: number): Outcome => ({ syncLog, recordEvents, records, replays, now, left });
  const does = (what: AdministratorAct) =>
    invoke((services) => act(services, states, what, handlers.continueReplays));
  /** When nothing waits: what is still to be done, and at last the timer, until it finds nothing to do. */
  async function atRest(): Promise<boolean> {
    if (!story.acts) return false;
    const next = acts.shift()?.act ?? (states.paused ? "resume" : null);
    if (next) return (await does(next), true);
    // A replay that lost its message is looked after some minutes later; no copy of the directory is that old.
    now += 180_000;
    process.services.directory.forget();
    const looked = await does("tick");
    const active = organizationIds.some((id) =>
      [...replays.rows(id).keys()].some((key) => key.startsWith("a|")),
    );
    if (!looked || active || queues.nextDue() !== null) return true;
    calm = true;
    rested(outcome(0));
    const last = ending.shift();
    if (last) await does(last);
    return last !== undefined;
  }

  for (let count = 0; count < maxInvocations; count++) {
    now += 1;
    while (acts[0] && acts[0].after <= count) await does(acts.shift()?.act ?? "tick");
    let worked = false;
    for (const queue of [...Object.values(eventQueues), replayQueue] as const)
      worked = (await round(queue)) || (await drainDeadLetters(queue)) || worked;
    if (worked) continue;
    const next = queues.nextDue();
    if (next !== null) now = Math.max(now, next);
    else if (!(await atRest())) return outcome(0);
  }
  return outcome(1);
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
