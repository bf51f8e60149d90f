import { expect, test } from "vitest";
import { recordHistory } from "../contracts/records.ts";
import type { RecordHistory } from "../contracts/records.ts";
import { createRecordStore } from "../records/recordStore.ts";
import type { RecordChange } from "../records/record.ts";
import { createRecordIndex, withRecordIndex } from "../sync-log/recordIndex.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { sampleEvent, sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import { getRecord } from "./recordApi.ts";
import type { RecordServices } from "./recordApi.ts";

const noon = Date.UTC(2026, 2, 4, 12);
const recordId = "11111111-2222-4333-8444-555555555555";

function calmTable() {
  return connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
}

/** An organization's log and records, and what happened to one record: so many changes, a minute apart. */
async function after(changes: readonly Partial<RecordChange>[]) {
  const [syncLog, recordEvents, recordTable] = [calmTable(), calmTable(), calmTable()];
  const tables = { syncLog, recordEvents };
  const recorder = withRecordIndex(
    createRecorder({ table: syncLog, clock: () => noon }),
    createRecordIndex(tables),
  );
  const store = createRecordStore({ table: recordTable });
  for (const [minute, change] of changes.entries()) {
    const eventId = sampleEventId(minute);
    const time = noon + minute * 60_000;
    await store.apply("contoso", [
      { kind: "member", externalId: recordId, eventId, rowVersion: null, time, fields: {}, ...change },
    ]);
    await recorder.record([sampleEvent({ eventId, receivedAt: time, recordId, recordIds: [recordId] })]);
  }
  const services = { ...tables, recordTable } as RecordServices;
  const organization = { environmentUrl: "https://contoso.crm4.dynamics.com" };
  return async (id: string, own: { recordId?: string; limit?: number; cursor?: string } = {}) => {
    const { recordId: asked = recordId, ...page } = own;
    const query = { limit: 50, ...page };
    const call = { params: { id, recordId: asked }, query, organization } as Parameters<typeof getRecord>[1];
    const { body } = await getRecord(services, call);
    expect(recordHistory.parse(body)).toEqual(body);
    return body;
  };
}

const minutesOf = ({ events }: RecordHistory) => events.map(({ eventId }) => Number.parseInt(eventId, 16));

test("each field names the event and the time that it came from, and the events are paged newest first", async () => {
  const read = await after([
    { fields: { lastName: "Søby", email: "a@example.org" } },
    { fields: { email: "b@example.org" } },
    { fields: { firstName: null } },
  ]);
  const first = await read("contoso", { recordId: recordId.toUpperCase(), limit: 2 });
  const from = (minute: number) => ({
    eventId: sampleEventId(minute),
    modifiedAt: new Date(noon + minute * 60_000).toISOString(),
  });
  expect(first.record).toEqual({
    kind: "member",
    recordId,
    deletedAt: null,
    fields: [
      { field: "email", value: "b@example.org", ...from(1) },
      { field: "firstName", value: null, ...from(2) },
      { field: "lastName", value: "Søby", ...from(0) },
    ],
  });
  expect(first.dynamicsUrl).toContain("https://contoso.crm4.dynamics.com/main.aspx?etn=contact&");
  expect(minutesOf(first)).toEqual([2, 1]);
  const second = await read("contoso", { limit: 2, cursor: String(first.nextCursor) });
  expect(minutesOf(second)).toEqual([0]);
  expect(second.nextCursor).toBeNull();
});

test("a deleted record says when, and has no fields", async () => {
  const read = await after([{ fields: { lastName: "Søby" } }, { fields: null }]);
  const { record, dynamicsUrl } = await read("contoso");
  expect(record).toMatchObject({ deletedAt: new Date(noon + 60_000).toISOString(), fields: [] });
  expect(dynamicsUrl).toBeNull();
});

test("of two kinds with the same id the one that was changed last is shown", async () => {
  const read = await after([{ fields: { name: "old" } }, { kind: "company", fields: { name: "new" } }]);
  expect((await read("contoso")).record).toMatchObject({ kind: "company" });
});

test("another organization sees nothing of it", async () => {
  const read = await after([{ fields: { lastName: "Søby" } }]);
  const nothing = { record: null, dynamicsUrl: null, events: [], nextCursor: null };
  expect(await read("fabrikam")).toEqual({ recordId, ...nothing });
});

test("a cursor that was changed on its way is the caller's fault", async () => {
  const read = await after([]);
  await expect(read("contoso", { cursor: "x" })).rejects.toMatchObject({
    status: 400,
    code: "cursor.invalid",
  });
});
