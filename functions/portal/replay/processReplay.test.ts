import type { InvocationContext } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { beforeEach, expect, it } from "vitest";
import type { Caller } from "../../identity/caller.ts";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { StorageFault } from "../../platform/storage/table.ts";
import { createRecorder } from "../../sync-log/recorder.ts";
import { createRecordIndex, withRecordIndex } from "../../sync-log/recordIndex.ts";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import { checkIndex } from "../../sync-log/testing/runIndexing.ts";
import { sampleEvent, sampleEventId } from "../../sync-log/testing/sampleEvent.ts";
import { stopReplay } from "./api.ts";
import type { ReplayApiServices } from "./api.ts";
import { continueReplays } from "./continueReplays.ts";
import { processReplay, recordDeadStep } from "./processReplay.ts";
import type { StoredReplay } from "./replayRows.ts";
import { createReplayStore } from "./replayStore.ts";

const organizationId = "contoso";
const active = { id: organizationId, state: "active" } as StoredOrganization;
const paused: StoredOrganization = { ...active, state: "paused" };
const wanted = { organizationId, kind: "replay" as const, selection: { filter: {} }, startedBy: "Carla" };
const caller: Caller = { id: "1", name: "Carla", signInName: null, roles: [], groups: [] };

let now: number;
let log: ReturnType<typeof createModelTable>;
let index: ReturnType<typeof createModelTable>;
let stored: () => Promise<StoredOrganization | null>;
let known: StoredOrganization | null;
let sent: ServiceBusMessage[];
let errors: string[];
let services: ReplayApiServices;
beforeEach(() => {
  now = Date.UTC(2026, 2, 4, 12, 30);
  [log, index] = [createModelTable(), createModelTable()];
  const calm = (model: ReturnType<typeof createModelTable>) =>
    connect(model, { delay: async () => {}, fault: () => "none" }).table;
  const clock = () => now;
  known = active;
  stored = async () => active;
  [sent, errors] = [[], []];
  const tables = { syncLog: calm(log), recordEvents: calm(index) };
  services = {
    ...tables,
    ...{ clock, random: () => 0.5, sleep: async () => {} },
    replays: createReplayStore({ table: calm(createModelTable()), clock }),
    recorder: withRecordIndex(createRecorder({ table: tables.syncLog, clock }), createRecordIndex(tables)),
    organizations: { get: () => stored() },
    directory: { findFresh: async () => known, all: async () => [active] },
    mappings: { of: async () => ({ version: 1, mappings: [] }), renew: async () => {} },
    oversize: { get: async () => null },
    records: {},
    projection: { touch: () => {} },
    audit: { record: async () => {} },
    sendStep: async (message: ServiceBusMessage) => void sent.push(message),
  } as unknown as ReplayApiServices;
});

const context = {
  info: () => {},
  warn: () => {},
  error: (message: string) => errors.push(message),
} as unknown as InvocationContext;

const step = ({ replayId }: StoredReplay) => processReplay(services, { organizationId, replayId }, context);
const giveUp = ({ replayId }: StoredReplay) =>
  recordDeadStep(services, Buffer.from(JSON.stringify({ organizationId, replayId })), context);
const asItIs = async ({ replayId }: StoredReplay) => services.replays.get(organizationId, replayId);
const stop = ({ replayId }: StoredReplay) =>
  stopReplay(services, { caller, params: { id: organizationId, replayId } } as never);

it("brings the index of records up to date for an attempt that was recorded before a crash", async () => {
  const event = sampleEvent({ outcome: "error", code: "mapping.valueInvalid", eventId: sampleEventId(1) });
  await services.recorder.record([event]);
  const replay = await services.replays.create(wanted);
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ state: "running", total: 1 });
  // The process ended between the log and the index.
  const withoutIndex = createRecorder({ table: services.syncLog, clock: () => now });
  const again = { attempt: 2, attemptKind: "replay", outcome: "success", code: null } as const;
  await withoutIndex.record([{ ...event, ...again }]);
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ done: 1, outcomes: { success: 1 } });
  checkIndex(log.rows(organizationId), index.rows(organizationId));
});

it("is stopped by a pause only when the organization's row says so", async () => {
  const replay = await services.replays.create(wanted);
  known = null;
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ state: "running" });
  stored = () => Promise.reject(new StorageFault("ambiguous", null, "503"));
  known = paused;
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ state: "running" });
  known = active;
  stored = async () => paused;
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ state: "stopped", reason: "paused" });
});

it("stops a replay that waits for another one, also when its message was lost", async () => {
  const [first, second, third] = [
    await services.replays.create(wanted),
    await (now++, services.replays.create(wanted)),
    await (now++, services.replays.create(wanted)),
  ];
  await stop(second);
  await step(second);
  expect(await asItIs(second)).toMatchObject({ state: "stopped", reason: null });
  expect(await asItIs(first)).toMatchObject({ state: "collecting" });
  await stop(third);
  sent = [];
  now += 180_000;
  await continueReplays(services, context);
  expect(sent.map(({ body }) => String(body))).toContainEqual(expect.stringContaining(third.replayId));
  await step(third);
  expect(await asItIs(third)).toMatchObject({ state: "stopped" });
});

/** A replay of one event that is about to be run, and what happens while it is. */
async function runBeside(happens: (replay: StoredReplay) => Promise<unknown>): Promise<StoredReplay> {
  await services.recorder.record([sampleEvent({ outcome: "error", code: "mapping.valueInvalid" })]);
  const replay = await services.replays.create(wanted);
  await step(replay);
  sent = [];
  const { items } = services.replays;
  services.replays.items = async (...page) => {
    services.replays.items = items;
    await happens(replay);
    for (const { body } of sent.splice(0)) await processReplay(services, body, context);
    return items(...page);
  };
  await step(replay);
  return replay;
}

it("stops after the step that is being taken, and lists what that step did", async () => {
  const replay = await runBeside(stop);
  expect(await asItIs(replay)).toMatchObject({ state: "stopping", total: 1, done: 1 });
  for (const { body } of sent) await processReplay(services, body, context);
  expect(await asItIs(replay)).toMatchObject({ state: "stopped", reason: null, done: 1 });
});

it("lists what a step did beside which the replay was ended, and leaves it ended", async () => {
  const replay = await runBeside(async (running) => {
    await stop(running);
    now += 180_000;
    await continueReplays(services, context);
  });
  expect(await asItIs(replay)).toMatchObject({ state: "stopped", done: 1, outcomes: { error: 1 } });
  const [item] = await services.replays.items(replay, { cursor: null, limit: 50 });
  expect(item).toMatchObject({ after: "error" });
  expect(await services.replays.active(organizationId)).toEqual([]);
});

it("refuses to stop a resumption and says what to do instead", async () => {
  const resumption = await services.replays.create({ ...wanted, kind: "resume" });
  await expect(stop(resumption)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining("Pause the integration instead"),
  });
  expect(await asItIs(resumption)).toMatchObject({ state: "collecting" });
});

it("gives a replay up whose step always fails, and goes on with the next one", async () => {
  const first = await services.replays.create(wanted);
  now += 1;
  const second = await services.replays.create(wanted);
  const { range } = services.syncLog;
  services.syncLog.range = () => Promise.reject(new Error("This page cannot be read."));
  for (let failures = 1; failures < 5; failures += 1) {
    await step(first);
    expect(await asItIs(first)).toMatchObject({ state: "collecting", failures, reason: null });
    expect(sent.at(-1)?.scheduledEnqueueTimeUtc?.getTime()).toBeGreaterThan(now);
  }
  await step(first);
  expect(await asItIs(first)).toMatchObject({ state: "stopped", reason: "failed", endedAt: now });
  expect(errors[0]).toContain("This page cannot be read.");
  services.syncLog.range = range;
  expect(String(sent.at(-1)?.body)).toContain(second.replayId);
  await processReplay(services, sent.at(-1)?.body, context);
  expect(await asItIs(second)).toMatchObject({ state: "running" });
});

it("goes on after a pause when the queue gave up a step, and ends when that happens too often", async () => {
  const first = await services.replays.create(wanted);
  now += 1;
  const second = await services.replays.create(wanted);
  for (let failures = 1; failures < 5; failures += 1) {
    await giveUp(first);
    expect(await asItIs(first)).toMatchObject({ state: "collecting", failures });
    expect(String(sent.at(-1)?.body)).toContain(first.replayId);
    expect(sent.at(-1)?.scheduledEnqueueTimeUtc?.getTime()).toBeGreaterThan(now);
  }
  await giveUp(first);
  expect(await asItIs(first)).toMatchObject({ state: "stopped", reason: "failed", endedAt: now });
  expect(errors.at(-1)).toContain("5 times without progress");
  expect(String(sent.at(-1)?.body)).toContain(second.replayId);
});

it("holds a step that the queue gave up against no replay that has ended or waits for its turn", async () => {
  const first = await services.replays.create(wanted);
  now += 1;
  const second = await services.replays.create(wanted);
  await giveUp(second);
  expect(await asItIs(second)).toMatchObject({ state: "collecting", failures: 0 });
  await stop(first);
  await step(first);
  await giveUp(first);
  expect(await asItIs(first)).toMatchObject({ state: "stopped", reason: null });
  expect(String(sent.at(-1)?.body)).toContain(second.replayId);
});

it("counts failures from the start again after a step that was stored", async () => {
  const replay = await services.replays.create(wanted);
  stored = () => Promise.reject(new StorageFault("ambiguous", null, "503"));
  for (let failures = 1; failures < 5; failures += 1) await step(replay);
  stored = async () => active;
  await step(replay);
  expect(await asItIs(replay)).toMatchObject({ state: "running", failures: 0 });
});
