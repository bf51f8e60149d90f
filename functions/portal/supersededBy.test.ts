import { gzipSync } from "node:zlib";
import { expect, it, vi } from "vitest";
import type { EventDetail } from "../contracts/portal.ts";
import type { routes } from "../contracts/routes.ts";
import { date, rowBody } from "../dynamics/testing/body.ts";
import type { Call } from "../identity/route.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { defaultMappings } from "../records/defaultMappings.ts";
import type { RecordChange } from "../records/record.ts";
import { createRecordStore } from "../records/recordStore.ts";
import { readEvent } from "../sync-log/readEvent.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import { sampleEvent, sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import { getEvent } from "./api.ts";
import type { PortalServices } from "./api.ts";
import { supersededBy } from "./supersededBy.ts";

const noon = Date.UTC(2026, 2, 4, 12);
const minutes = (count: number) => noon + count * 60_000;
const recordId = "11111111-2222-4333-8444-555555555555";
const failed = { outcome: "error", code: "mapping.valueInvalid", message: "The address is none." } as const;
/** What the failed event carries, at noon. */
const columns = { emailaddress1: "no address", telephone1: "1", modifiedon: date(noon) };

function calmTable() {
  return connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
}

type Changes = readonly (Partial<RecordChange> & { minute: number; organizationId?: string })[];

/** What superseded the event that failed at noon, after these changes of records came through. */
async function after(changes: Changes, own: Partial<RecordedEvent> = {}) {
  const services = await servicesAfter(changes, own);
  return supersededBy(services, await readFailed(services.syncLog));
}

async function readFailed(syncLog: Table) {
  return (await readEvent(syncLog, "contoso", sampleEventId(1))) as EventDetail;
}

async function servicesAfter(changes: Changes, own: Partial<RecordedEvent> = {}) {
  const [syncLog, recordTable] = [calmTable(), calmTable()];
  const store = createRecordStore({ table: recordTable });
  for (const { minute, organizationId = "contoso", ...change } of changes) {
    const stamp = { eventId: sampleEventId(minute + 100), rowVersion: null, time: minutes(minute) };
    await store.apply(organizationId, [
      { kind: "member", externalId: recordId, ...stamp, fields: {}, ...change },
    ]);
  }
  const content = JSON.stringify(rowBody("Update", "contact", recordId, columns));
  const payload = { bytes: content.length, gzip: gzipSync(content) };
  const event = { ...failed, eventId: sampleEventId(1), receivedAt: noon, recordId, payload, ...own };
  await createRecorder({ table: syncLog, clock: () => noon }).record([sampleEvent(event)]);
  const mappings = { of: async () => defaultMappings };
  return { syncLog, recordTable, mappings, oversize: { get: async (): Promise<Buffer | null> => null } };
}

const by = (minute: number) => ({
  eventId: sampleEventId(minute + 100),
  changedAt: new Date(minutes(minute)).toISOString(),
});
const repaired = { email: "ada@example.org", phone: "2" };

it("a later change of the same fields leaves nothing to do", async () => {
  expect(await after([{ minute: 5, fields: repaired }])).toEqual(by(5));
});

it("the last of several changes is named that together set the fields, not one of other fields", async () => {
  const changes = [
    { minute: 5, fields: { email: "ada@example.org" } },
    { minute: 6, fields: { phone: "2" } },
    { minute: 7, fields: { city: "Berlin" } },
  ];
  expect(await after(changes)).toEqual(by(6));
});

it("a field that no later change set is still to be carried over", async () => {
  expect(await after([{ minute: 5, fields: { email: "ada@example.org" } }])).toBeNull();
});

it("an earlier change leaves it to do, also one that is carried over later", async () => {
  expect(await after([{ minute: -5, fields: repaired }])).toBeNull();
});

it("later events that failed, of other records and of other organizations change nothing", async () => {
  expect(await after([])).toBeNull();
  expect(await after([{ minute: 5, fields: repaired, externalId: sampleEventId(9) }])).toBeNull();
  expect(await after([{ minute: 5, fields: repaired, organizationId: "fabrikam" }])).toBeNull();
});

it("the deletion of the record leaves nothing to do", async () => {
  expect(await after([{ minute: 5, fields: null }])).toEqual(by(5));
});

it("an event whose content is not kept is taken to carry every field", async () => {
  const lost = { payload: null, code: "payload.lost" } as const;
  expect(await after([{ minute: 5, fields: repaired }], lost)).toBeNull();
  const [member] = defaultMappings;
  const all = Object.fromEntries((member?.fields ?? []).map(({ field }) => [field, "new"]));
  expect(await after([{ minute: 5, fields: all }], lost)).toEqual(by(5));
});

it("of a link or of several rows nothing is said", async () => {
  expect(await after([{ minute: 5, fields: repaired }], { eventType: "contact.Associate" })).toBeNull();
  expect(await after([{ minute: 5, fields: repaired }], { eventType: "contact.UpdateMultiple" })).toBeNull();
});

it("an event that succeeded, was skipped or is tried again by itself is not superseded", async () => {
  const changes = [{ minute: 5, fields: repaired }];
  expect(await after(changes, { outcome: "success", code: null })).toBeNull();
  expect(await after(changes, { outcome: "skipped", code: "record.stale" })).toBeNull();
  expect(await after(changes, { nextAttemptAt: minutes(1) })).toBeNull();
});

it("costs a point read of the record and one of the payload", async () => {
  const services = await servicesAfter([{ minute: 5, fields: repaired }]);
  const event = await readFailed(services.syncLog);
  const reads = [services.syncLog, services.recordTable].map((table) => vi.spyOn(table, "get"));
  expect(await supersededBy(services, event)).toEqual(by(5));
  expect(reads.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

it("is left out of an event whose content cannot be read at the moment", async () => {
  const payload = { bytes: 300_000, blob: "contoso/one.json.gz" };
  const services = await servicesAfter([{ minute: 5, fields: repaired }], { payload });
  services.oversize.get = () => Promise.reject(new StorageFault("ambiguous", null, "Storage is away."));
  const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
  const { body } = await getEvent(
    services as unknown as PortalServices,
    {
      params: { id: "contoso", eventId: sampleEventId(1) },
      organization: { environmentUrl: null },
    } as unknown as Call<typeof routes.getEvent>,
  );
  expect(body).toMatchObject({ eventId: sampleEventId(1), outcome: "error", supersededBy: null });
  expect(warned).toHaveBeenCalledWith(expect.stringContaining("Storage is away."));
  warned.mockRestore();
});
