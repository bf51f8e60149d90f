import { expect, test } from "vitest";
import { eventQuery } from "../contracts/portal.ts";
import type { Call } from "../identity/route.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { Table, Write } from "../platform/storage/table.ts";
import { getPlatformStatus } from "../portal/platformApi.ts";
import type { PlatformServices } from "../portal/platformApi.ts";
import { createProjection } from "../portal/projection.ts";
import { toEventRow, toIndexRow } from "./eventRow.ts";
import { apply } from "./eventState.ts";
import { readEvents } from "./readEvents.ts";
import { readRejectionHistory } from "./readRejectionHistory.ts";
import { readStatus } from "./readStatus.ts";
import { toRecordRows } from "./recordRows.ts";
import { createRecorder } from "./recorder.ts";
import { tapWire } from "./testing/httpNetwork.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);

/** Every fifth event names a record, these in turn. */
const records = 100;
const recordOf = (event: number) => (event % 5 === 0 ? sampleEventId(event % records) : null);

const newTable = useAzuriteTables();

/** Events of one transaction: with an index row for every tenth it has at most 100 rows. */
const batch = 90;

/** A new table and the number of requests to it. */
async function countedTable() {
  const client = await newTable();
  const wire = tapWire(client);
  return { table: azureTable(client), requests: wire.requests };
}

/** Puts events into the log as they lie there, a minute apart, every tenth an error. Their counters do not matter here. */
async function seed(tables: { syncLog: Table; recordEvents: Table }, count: number): Promise<void> {
  for (let start = 0; start < count; start += batch) {
    const states = Array.from({ length: Math.min(batch, count - start) }, (_, offset) => {
      const number = start + offset;
      const outcome = number % 10 === 0 ? "error" : "success";
      const recordId = recordOf(number);
      const code = outcome === "success" ? null : number % 20 === 0 ? "record.idMissing" : "payload.lost";
      const receivedAt = now - (number + 1) * 60_000;
      const eventId = sampleEventId(number);
      return apply(
        null,
        sampleEvent({
          ...{ eventId, receivedAt, outcome, code, recordId },
          recordIds: recordId === null ? [] : [recordId],
        }),
      );
    });
    const events = states.map(toEventRow);
    const failed = states.flatMap((state) => (state.outcome === "error" ? [toIndexRow(state, "error")] : []));
    const writes = [...events, ...failed].map((row): Write => ({ kind: "create", row }));
    await tables.syncLog.submit(writes);
    await tables.recordEvents.submit(events.flatMap(toRecordRows).map((row) => ({ kind: "create", row })));
  }
}

/** Filling the log takes most of a minute, and more beside other tests. */
const patience = { timeout: 600_000 };

test.each([1_000, 200_000])("%i events: each first content costs one request", patience, async (count) => {
  const [log, index] = [await countedTable(), await countedTable()];
  const tables = { syncLog: log.table, recordEvents: index.table };
  await seed(tables, count);
  await createRecorder({ table: tables.syncLog, clock: () => now }).record([
    sampleEvent({ eventId: sampleEventId(count), receivedAt: now }),
  ]);
  const requests = () => log.requests() + index.requests();
  async function inOneRequest<T>(read: () => Promise<T>): Promise<T> {
    const before = requests();
    const answer = await read();
    expect(requests() - before).toBe(1);
    return answer;
  }
  const list = (query: object) => inOneRequest(() => readEvents(tables, "contoso", eventQuery.parse(query)));

  const status = await inOneRequest(() => readStatus(tables.syncLog, "contoso", now));
  expect(status.periods[0]?.success).toBe(1);
  await inOneRequest(() => readRejectionHistory(tables.syncLog, "contoso", "30d", now));

  const first = await list({ limit: 200 });
  expect(first.items).toHaveLength(200);
  expect((await list({ limit: 200, cursor: first.nextCursor })).items).toHaveLength(200);

  const errors = await list({ outcome: "error", limit: 50 });
  expect(errors.items.every(({ outcome }) => outcome === "error")).toBe(true);
  expect(errors.items).toHaveLength(50);

  const ofCode = await list({ code: "record.idMissing", limit: 50 });
  expect(ofCode.items.every(({ code }) => code === "record.idMissing")).toBe(true);
  expect(ofCode.items).toHaveLength(50);

  const recordId = recordOf(20);
  const history = await list({ recordId, limit: 8 });
  expect(history.items.map((event) => event.recordId)).toEqual(Array(8).fill(recordId));
  expect(history.items[0]?.eventId).toBe(sampleEventId(20));
  const older = await list({ recordId, limit: 1, cursor: history.nextCursor });
  expect(older.items[0]?.eventId).toBe(sampleEventId(20 + 8 * records));
  expect((await list({ recordId, outcome: "error", limit: 8 })).items).toEqual(history.items);
});

test("the platform screen of 300 organizations costs one request, and one for those of no organization", async () => {
  const [log, lines] = [await countedTable(), await countedTable()];
  const projection = createProjection({
    table: lines.table,
    readCounters: (organizationId, at) => readStatus(log.table, organizationId, at),
    clock: () => now,
    onError: () => {},
  });
  const ids = Array.from({ length: 300 }, (_, number) => `organization-${number}`);
  const alert = {
    rule: "silence",
    state: "firing",
    since: now,
    acknowledged: false,
    mutedUntil: null,
  } as const;
  for (const id of ids) await projection.write(await projection.count(id), [alert]);
  const organizations = ids.map((id) => ({ id, name: id, state: "active", silenceHours: 24 }));
  const services = {
    clock: () => now,
    syncLog: log.table,
    projection,
    directory: { all: async () => organizations },
    queueAge: async () => ({ oldestSeconds: null, atMostSeconds: 0 }),
  } as unknown as PlatformServices;

  const before = [log.requests(), lines.requests()] as const;
  const { body } = await getPlatformStatus(services, {} as Call<never>);
  expect(body.organizations).toHaveLength(300);
  expect(body.totals.needAttention).toBe(300);
  expect([log.requests() - before[0], lines.requests() - before[1]]).toEqual([1, 1]);
});
