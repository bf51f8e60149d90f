import { beforeEach, expect, test } from "vitest";
import { rejectionHistory } from "../contracts/rejections.ts";
import type { RejectionReason } from "../contracts/rejections.ts";
import type { Table } from "../platform/storage/table.ts";
import { readRejectionHistory } from "./readRejectionHistory.ts";
import { createRecorder } from "./recorder.ts";
import { createRejectionRecorder } from "./rejectionRecorder.ts";
import { connect } from "./testing/modelNetwork.ts";
import { createModelTable } from "./testing/modelTable.ts";
import { sampleEvent } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 12, 30);
const hour = 3_600_000;

let table: Table;
let requests: number;
beforeEach(async () => {
  requests = 0;
  const fault = () => {
    requests += 1;
    return "none" as const;
  };
  ({ table } = connect(createModelTable(), { delay: async () => {}, fault }));
  await createRecorder({ table, clock: () => now }).record([sampleEvent({ receivedAt: now })]);
  await reject("wrongKey", 0, 0, 23.4, 23.6, 24 * 29, 24 * 30);
  await reject("notJson", 0, 13, 24);
});

/** Refuses a request so many hours ago, counted over two shards. */
async function reject(reason: RejectionReason, ...ages: number[]) {
  for (const [place, age] of ages.entries()) {
    const recorder = createRejectionRecorder({ table, random: () => (place % 2) / 2 });
    const at = now - age * hour;
    await recorder.reject({ organizationId: "contoso", reason, at, contentType: null, bytes: 1 });
  }
}

async function history(period: "24h" | "30d") {
  const before = requests;
  const answer = await readRejectionHistory(table, "contoso", period, now);
  expect(requests - before).toBe(1);
  expect(rejectionHistory.parse(answer)).toEqual(answer);
  const counted = answer.slots.filter(({ counts }) => counts.length > 0);
  return {
    slots: answer.slots.map(({ from }) => from),
    counts: counted.map(({ from, counts }) => [
      from,
      Object.fromEntries(counts.map(({ reason, count }) => [reason, count])),
    ]),
  };
}

test("24 hours by the hour, in one request", async () => {
  const { slots, counts } = await history("24h");
  expect(slots).toHaveLength(24);
  expect([slots[0], slots.at(-1)]).toEqual(["2026-03-03T13:00:00.000Z", "2026-03-04T12:00:00.000Z"]);
  expect(counts).toEqual([
    ["2026-03-03T13:00:00.000Z", { wrongKey: 1 }],
    ["2026-03-03T23:00:00.000Z", { notJson: 1 }],
    ["2026-03-04T12:00:00.000Z", { wrongKey: 2, notJson: 1 }],
  ]);
});

test("30 days by the day, in one request", async () => {
  const { slots, counts } = await history("30d");
  expect(slots).toHaveLength(30);
  expect([slots[0], slots.at(-1)]).toEqual(["2026-02-03T00:00:00.000Z", "2026-03-04T00:00:00.000Z"]);
  expect(counts).toEqual([
    ["2026-02-03T00:00:00.000Z", { wrongKey: 1 }],
    ["2026-03-03T00:00:00.000Z", { wrongKey: 2, notJson: 2 }],
    ["2026-03-04T00:00:00.000Z", { wrongKey: 2, notJson: 1 }],
  ]);
});
