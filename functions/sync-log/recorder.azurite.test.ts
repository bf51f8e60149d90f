import { expect, test } from "vitest";
import type { RejectionReason } from "../contracts/rejections.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { readRange } from "../platform/storage/readRange.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { Table } from "../platform/storage/table.ts";
import { outcomes } from "./counters.ts";
import { readStatus } from "./readStatus.ts";
import type { RecordedEvent } from "./recordedEvent.ts";
import { createRecorder } from "./recorder.ts";
import { createRejectionRecorder } from "./rejectionRecorder.ts";
import { checkExact } from "./testing/exactness.ts";
import { httpFaults, tapWire } from "./testing/httpNetwork.ts";
import { numbersFrom } from "./testing/randomNumbers.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 0, 40);
const clock = () => now;
const sleep = async () => {};

const newTable = useAzuriteTables();

/** A table whose requests go wrong one time in eight while `bad` is true, always in the same order. */
async function unreliableTable(random: () => number) {
  const network = { bad: true };
  const client = await newTable();
  const wire = tapWire(client, () => (network.bad && random() < 1 / 8 ? pick(random, httpFaults) : "none"));
  return { table: azureTable(client), network, wire };
}

test("events are recorded exactly while requests and answers are lost, late or refused", async () => {
  const random = numbersFrom(7);
  const { table, network, wire } = await unreliableTable(random);
  const workers = Array.from({ length: 3 }, () => createRecorder({ table, clock, random, sleep, shards: 2 }));
  const pool = Array.from({ length: 150 }, (_, index) => attempts(index, random));

  async function deliver(batch: RecordedEvent[]): Promise<void> {
    const results = await pick(random, workers)
      .record(batch)
      .catch(() => null);
    if (results === null) await deliver(batch);
  }
  const delivered = new Set<string>();
  for (let round = 0; round < 8; round += 1) {
    const batches = Array.from({ length: 4 }, () =>
      Array.from({ length: 15 }, () => pick(random, pick(random, pool))),
    );
    for (const event of batches.flat()) delivered.add(event.eventId);
    network.bad = true;
    await Promise.all(batches.map(deliver));
    await wire.settled();
    network.bad = false;
    const rows = await allRows(table, "contoso");
    checkExact(rows, now);
    expect([...rows.keys()].filter((key) => key.startsWith("e|"))).toHaveLength(delivered.size);
  }
});

test("rejections are counted exactly while requests and answers are lost, late or refused", async () => {
  const random = numbersFrom(11);
  const { table, network, wire } = await unreliableTable(random);
  const workers = Array.from({ length: 3 }, () =>
    createRejectionRecorder({ table, random, sleep, shards: 2 }),
  );
  const reasons: RejectionReason[] = ["wrongKey", "notJson", "tooLarge"];
  const counted = new Map<string, number>();
  await Promise.all(
    Array.from({ length: 150 }, async () => {
      const reason = pick(random, reasons);
      const rejection = { organizationId: null, reason, at: now, contentType: null, bytes: 10 };
      await pick(random, workers).reject(rejection);
      counted.set(reason, (counted.get(reason) ?? 0) + 1);
    }),
  );
  await wire.settled();
  network.bad = false;
  const { rejections } = await readStatus(table, null, now);
  expect(new Map(rejections.map(({ reason, count }) => [reason, count]))).toEqual(counted);
});

test("a warm recorder stores a batch in one request", async () => {
  const client = await newTable();
  const recorder = createRecorder({ table: azureTable(client), clock });
  const batch = (from: number) =>
    Array.from({ length: 40 }, (_, index) =>
      sampleEvent({ eventId: sampleEventId(from + index), receivedAt: now }),
    );
  await recorder.record(batch(0));
  const wire = tapWire(client);
  await recorder.record(batch(100));
  expect(wire.requests()).toBe(1);
});

test("concurrent callers share transactions", async () => {
  const client = await newTable();
  const recorder = createRecorder({ table: azureTable(client), clock });
  await recorder.record([sampleEvent({ receivedAt: now })]);
  const wire = tapWire(client);
  const one = (index: number) => sampleEvent({ eventId: sampleEventId(10 + index), receivedAt: now });
  await Promise.all(Array.from({ length: 40 }, (_, index) => recorder.record([one(index)])));
  expect(wire.requests()).toBe(1);
});

test("events that are too large for one transaction are split", async () => {
  const client = await newTable();
  const table = azureTable(client);
  const recorder = createRecorder({ table, clock });
  const payload = { bytes: 900_000, gzip: new Uint8Array(300_000).fill(7) };
  const changes = Array.from({ length: 60 }, (_, index) => ({
    recordId: "r",
    field: `f${index}`,
    old: "é".repeat(3_500),
    new: null,
  }));
  const batch = Array.from({ length: 12 }, (_, index) =>
    sampleEvent({ eventId: sampleEventId(index), receivedAt: now, payload, changes }),
  );
  expect(await recorder.record(batch)).toEqual(batch.map(() => "recorded"));
  checkExact(await allRows(table, "contoso"), now);
});

async function allRows(table: Table, partitionKey: string) {
  const rows = await readRange(table, { partitionKey });
  return new Map(rows.map((row) => [row.rowKey, row]));
}

/** One event's first delivery and up to two later attempts. */
function attempts(index: number, random: () => number): RecordedEvent[] {
  const ages = [60_000, 50 * 60_000, 26 * 3_600_000];
  const receivedAt = now - pick(random, ages) - index;
  return [1, 2, 3].slice(0, 1 + Math.floor(random() * 3)).map((attempt) => {
    const outcome = pick(random, outcomes);
    return sampleEvent({
      eventId: sampleEventId(index + 1),
      receivedAt,
      attempt,
      attemptKind: attempt === 1 ? "delivery" : random() < 0.5 ? "retry" : "replay",
      outcome,
      nextAttemptAt: outcome === "error" ? now + 60_000 : null,
      processedAt: now + index * 10 + attempt,
    });
  });
}

function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}
