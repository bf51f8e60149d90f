import { expect, it } from "vitest";
import type { Directory } from "../organizations/directory.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import type { Log } from "../platform/log.ts";
import type { Table } from "../platform/storage/table.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { createRejectionRecorder } from "../sync-log/rejectionRecorder.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { sampleEvent, sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import type { OversizeStore } from "./oversize.ts";
import { purgeExpired } from "./purgeExpired.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);
const dayMs = 86_400_000;
const ages = [6, 8, 89, 91, 399, 401];
const retentions = { short: 7, usual: 90, long: 400 };

const organizations = Object.entries(retentions).map(
  ([id, retentionDays]) => ({ id, retentionDays }) as StoredOrganization,
);

it("removes each organization's events, payloads and rejections by its own retention", async () => {
  const model = createModelTable();
  const [table, recordEvents, alertTable] = [model, createModelTable(), createModelTable()].map(
    (one) => connect(one, { delay: async () => {}, fault: () => "none" }).table,
  ) as [Table, Table, Table];
  const recorder = createRecorder({ table, clock: () => now });
  const rejections = createRejectionRecorder({ table });
  for (const organizationId of Object.keys(retentions))
    await recorder.record(
      ages.map((age) =>
        sampleEvent({ organizationId, eventId: sampleEventId(age), receivedAt: now - age * dayMs }),
      ),
    );
  for (const age of ages)
    await rejections.reject({
      organizationId: null,
      reason: "unknownOrganization",
      at: now - age * dayMs,
      contentType: null,
      bytes: 0,
    });
  const blobs: Record<string, number> = {};
  const oversize = {
    removeBefore: async (id: string, time: number) => {
      blobs[id] = (now - time) / dayMs;
      if (id === "short") throw new Error("Blobs are away.");
    },
  } as unknown as OversizeStore;
  const errors: string[] = [];
  const log = { error: (message: string) => errors.push(message) } as unknown as Log;
  const directory = { all: async () => organizations } as Directory;

  const alerts = { table: alertTable };
  const replays = { removeBefore: async () => {} };
  const services = { syncLog: table, recordEvents, directory, oversize, replays, alerts, clock: () => now };
  await purgeExpired(services, log);

  const count = (partition: string, prefix: string) =>
    [...model.rows(partition).keys()].filter((key) => key.startsWith(prefix)).length;
  expect({
    short: count("short", "e|"),
    usual: count("usual", "e|"),
    long: count("long", "e|"),
    nobody: count("-", "r|"),
  }).toEqual({ short: 1, usual: 3, long: 5, nobody: 3 });
  expect(blobs).toEqual(retentions);
  expect(errors).toEqual([expect.stringContaining("Removing what short need not keep failed")]);
});

it("keeps held events, and the payloads that they may have in blobs", async () => {
  const model = createModelTable();
  const [table, recordEvents, alertTable] = [model, createModelTable(), createModelTable()].map(
    (one) => connect(one, { delay: async () => {}, fault: () => "none" }).table,
  ) as [Table, Table, Table];
  const held = { outcome: "skipped", code: "integration.paused" } as const;
  const event = (age: number) => ({
    ...sampleEvent({ organizationId: "short", eventId: sampleEventId(age), receivedAt: now - age * dayMs }),
    ...(age === 9 ? held : {}),
  });
  await createRecorder({ table, clock: () => now }).record([6, 8, 9, 10].map(event));
  let blobsBefore = 0;
  const oversize = {
    removeBefore: async (_id: string, time: number) => void (blobsBefore = time),
  } as unknown as OversizeStore;
  const errors: string[] = [];
  const log = { error: (message: string) => errors.push(message) } as unknown as Log;
  const directory = { all: async () => organizations.filter(({ id }) => id === "short") } as Directory;
  const replays = { removeBefore: async () => {} };
  const alerts = { table: alertTable };
  const services = { syncLog: table, recordEvents, directory, oversize, replays, alerts, clock: () => now };
  await purgeExpired(services, log);
  expect(errors).toEqual([]);
  const left = [...model.rows("short").keys()].filter((key) => key.startsWith("e|"));
  expect(left.map((key) => key.split("|")[2])).toEqual([sampleEventId(6), sampleEventId(9)]);
  expect(blobsBefore).toBeLessThan(now - 9 * dayMs);
});
