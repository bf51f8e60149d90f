import type { InvocationContext } from "@azure/functions";
import type { ServiceBusMessage } from "@azure/service-bus";
import { beforeEach, expect, it } from "vitest";
import { DataverseFault } from "../../dynamics/dataverseFault.ts";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { defaultMappings } from "../../records/defaultMappings.ts";
import { createRecordCache } from "../../records/recordCache.ts";
import { createRecordStore } from "../../records/recordStore.ts";
import { readEvent } from "../../sync-log/readEvent.ts";
import type { Payload, RecordedEvent } from "../../sync-log/recordedEvent.ts";
import { createRecordIndex, withRecordIndex } from "../../sync-log/recordIndex.ts";
import { createRecorder } from "../../sync-log/recorder.ts";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import { sampleEvent } from "../../sync-log/testing/sampleEvent.ts";
import { storyMessages } from "../testing/storyMessages.ts";
import type { StoryEvent } from "../testing/pipelineStory.ts";
import { estimateReplay } from "./estimate.ts";
import type { ReplayServices } from "./replayServices.ts";
import { createReplayStore } from "./replayStore.ts";
import { takeStep } from "./steps.ts";

const organizationId = "contoso";
const environmentUrl = "https://x.crm.dynamics.com";
const organization = { id: organizationId, state: "active", environmentUrl } as StoredOrganization;
const wanted = { organizationId, kind: "replay" as const, selection: { filter: {} }, startedBy: "Carla" };
const blob = { bytes: 300_000, blob: "contoso/event.json.gz" };

let now: number;
let sent: ServiceBusMessage[];
let blobs: Map<string, Buffer>;
let downloads: number;
let services: ReplayServices;
beforeEach(() => {
  now = Date.UTC(2026, 2, 4, 12, 30);
  const clock = () => now;
  const calm = () => connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
  const tables = { syncLog: calm(), recordEvents: calm(), recordTable: calm() };
  [sent, blobs, downloads] = [[], new Map(), 0];
  services = {
    ...tables,
    ...{ clock, random: () => 0.5, retryBaseMs: 30_000 },
    replays: createReplayStore({ table: calm(), clock }),
    recorder: withRecordIndex(createRecorder({ table: tables.syncLog, clock }), createRecordIndex(tables)),
    records: createRecordStore({ table: tables.recordTable, cache: createRecordCache() }),
    mappings: { of: async () => defaultMappings, renew: async () => {} },
    oversize: {
      get: async (name: string) => {
        downloads += 1;
        return blobs.get(name) ?? null;
      },
    },
    readRow: () => Promise.reject(new DataverseFault("throttled", "Slow down.", 60_000)),
    projection: { touch: () => {} },
    send: () => async (message: ServiceBusMessage) => void sent.push(message),
  } as unknown as ReplayServices;
});

const log = { invocationId: "1", info: () => {}, warn: () => {}, error: () => {} };
const context = log as unknown as InvocationContext;

function contentOf(kind: StoryEvent["kind"]): Buffer {
  const event = { organization: "quiet", record: 0, kind, value: 1, sent: 1 } as const;
  const story = { events: [event], batch: 1, storage: [], troubles: 0, failedSends: [], deadReads: 0 };
  return storyMessages(story, now)[0]?.body as Buffer;
}
const inRow = (kind: StoryEvent["kind"]): Payload => ({ bytes: 100, gzip: contentOf(kind) });

/** Runs all events again and returns what the log and the replay then say of the only one. */
async function runAgain(...events: RecordedEvent[]) {
  await services.recorder.record(events);
  now += 60_000;
  const created = await services.replays.create(wanted);
  const found = await services.replays.commit(
    created,
    await takeStep(services, created, organization, context),
  );
  const { items } = await takeStep(services, found, organization, context);
  return { event: await readEvent(services.syncLog, organizationId, sampleEvent().eventId), item: items[0] };
}

it("tries an event again by itself that fails when it is replayed, also when it had used up its tries", async () => {
  const usedUp = { attempt: 5, outcome: "error", code: "dynamics.unavailable" } as const;
  const { event, item } = await runAgain(sampleEvent({ ...usedUp, payload: inRow("stripped") }));
  expect(item).toMatchObject({ after: "error", code: "dynamics.throttled" });
  const nextAttemptAt = new Date(now + 60_000).toISOString();
  expect(event).toMatchObject({ attempts: 6, code: "dynamics.throttled", nextAttemptAt });
  expect(sent.map(({ applicationProperties }) => applicationProperties)).toMatchObject([
    { attempt: 7, firstTry: 6, kind: "retry" },
  ]);
});

it("makes no attempt at a success that would say what it said before", async () => {
  const first = await runAgain(
    sampleEvent({ outcome: "error", code: "mapping.valueInvalid", payload: inRow("update") }),
  );
  expect(first.event).toMatchObject({ attempts: 2, outcome: "success", changes: [{ new: "value 1" }] });
  const second = await runAgain();
  expect(second.item).toMatchObject({
    after: "success",
    message: expect.stringContaining("nothing changes"),
  });
  expect(second.event).toEqual(first.event);
});

it("leaves an event as it stands whose payload is no longer kept, and says so in the estimate", async () => {
  const { event, item } = await runAgain(sampleEvent({ payload: blob }));
  expect(item).toMatchObject({ after: "success", message: expect.stringContaining("no longer kept") });
  expect(event).toMatchObject({ attempts: 1, outcome: "success" });
  const { sample } = await estimateReplay(services, organization, wanted.selection, log);
  expect(sample).toMatchObject([
    { after: "success", message: expect.stringContaining("no longer kept"), changes: [] },
  ]);
});

it("records of an event that was held that its payload is gone", async () => {
  const { event } = await runAgain(
    sampleEvent({ outcome: "skipped", code: "integration.paused", payload: blob }),
  );
  expect(event).toMatchObject({ attempts: 2, outcome: "error", code: "payload.lost" });
});

it("downloads a payload that was put aside once to find its place and once to run it", async () => {
  blobs.set(blob.blob, contentOf("update"));
  await runAgain(sampleEvent({ outcome: "error", code: "platform.unexpected", payload: blob }));
  expect(downloads).toBe(2);
});
