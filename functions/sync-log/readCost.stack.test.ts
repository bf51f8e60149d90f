import { afterAll, beforeAll, expect, test } from "vitest";
import { eventQuery } from "../contracts/portal.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { startAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { AzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { Table, Write } from "../platform/storage/table.ts";
import { toEventRow, toIndexRow } from "./eventRow.ts";
import { apply } from "./eventState.ts";
import { readEvents } from "./readEvents.ts";
import { readStatus } from "./readStatus.ts";
import { createRecorder } from "./recorder.ts";
import { tapWire } from "./testing/httpNetwork.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);

let azurite: AzuriteTables;
beforeAll(async () => {
  azurite = await startAzuriteTables();
});
afterAll(() => azurite.close());

/** Puts events into the log as they lie there, a minute apart, every tenth an error. Their counters do not matter here. */
async function seed(table: Table, count: number): Promise<void> {
  const writes = Array.from({ length: count }, (_, index) => {
    const outcome = index % 10 === 0 ? "error" : "success";
    const receivedAt = now - (index + 1) * 60_000;
    const state = apply(null, sampleEvent({ eventId: sampleEventId(index), receivedAt, outcome }));
    const rows = outcome === "error" ? [toEventRow(state), toIndexRow(state, outcome)] : [toEventRow(state)];
    return rows.map((row): Write => ({ kind: "create", row }));
  }).flat();
  for (let start = 0; start < writes.length; start += 100)
    await table.submit(writes.slice(start, start + 100));
}

test.each([1_000, 50_000])("with %i events each reading costs one request", async (count) => {
  const client = await azurite.newTable();
  const table = azureTable(client);
  await seed(table, count);
  const recorder = createRecorder({ table, clock: () => now });
  await recorder.record([sampleEvent({ eventId: sampleEventId(count), receivedAt: now })]);
  const wire = tapWire(client);
  const list = (query: object) => readEvents(table, "contoso", eventQuery.parse(query));

  expect((await readStatus(table, "contoso", now)).periods[0]?.success).toBe(1);
  expect(wire.requests()).toBe(1);

  const first = await list({ limit: 200 });
  expect(first.items).toHaveLength(200);
  expect(wire.requests()).toBe(2);

  expect((await list({ limit: 200, cursor: first.nextCursor })).items).toHaveLength(200);
  expect(wire.requests()).toBe(3);

  const errors = await list({ outcome: "error", limit: 100 });
  expect(errors.items.every(({ outcome }) => outcome === "error")).toBe(true);
  expect(errors.items).toHaveLength(100);
  expect(wire.requests()).toBe(4);
});
