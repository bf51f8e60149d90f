import { beforeEach, describe, expect, test } from "vitest";
import type { Outcome } from "../contracts/common.ts";
import type { Table } from "../platform/storage/table.ts";
import { readStatus } from "./readStatus.ts";
import { createRecorder } from "./recorder.ts";
import { createRejectionRecorder } from "./rejectionRecorder.ts";
import { readRejections } from "./readRejections.ts";
import { connect } from "./testing/modelNetwork.ts";
import { createModelTable } from "./testing/modelTable.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const now = Date.UTC(2026, 2, 4, 12, 38, 20);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let table: Table;
let ranges: number;
let nextId: number;
beforeEach(() => {
  ranges = 0;
  nextId = 0;
  const network = { delay: async () => {}, fault: () => "none" as const };
  const { table: model } = connect(createModelTable(), network);
  table = {
    ...model,
    range(range) {
      ranges += 1;
      return model.range(range);
    },
  };
});

/** Records one event of this age and outcome with a recorder of its own, so that shards differ. */
async function happened(
  age: number,
  outcome: Outcome = "success",
  own: Parameters<typeof sampleEvent>[0] = {},
) {
  nextId += 1;
  const random = () => (nextId % 4) / 4;
  const recorder = createRecorder({ table, clock: () => now, random });
  const event = sampleEvent({ eventId: sampleEventId(nextId), receivedAt: now - age, outcome, ...own });
  await recorder.record([event]);
  return event;
}

const status = () => readStatus(table, "contoso", now);

describe("the periods", () => {
  test("count by outcome from the time they name", async () => {
    await happened(0);
    await happened(59 * minute, "error");
    await happened(64 * minute, "skipped");
    await happened(23 * hour + 39 * minute);
    await happened(6 * day, "error");
    await happened(8 * day, "skipped");
    await happened(31 * day);
    expect((await status()).periods).toEqual([
      { period: "1h", from: "2026-03-04T11:35:00.000Z", success: 1, error: 1, skipped: 0 },
      { period: "24h", from: "2026-03-03T13:00:00.000Z", success: 1, error: 1, skipped: 1 },
      { period: "7d", from: "2026-02-25T13:00:00.000Z", success: 2, error: 2, skipped: 1 },
      { period: "30d", from: "2026-02-02T13:00:00.000Z", success: 2, error: 2, skipped: 2 },
    ]);
  });

  test("include the very first moment and nothing before it", async () => {
    const { periods } = await status();
    for (const { from } of periods) {
      await happened(now - Date.parse(from));
      await happened(now - Date.parse(from) + 1);
    }
    const counts = (await status()).periods.map(({ period, success }) => [period, success]);
    expect(counts).toEqual([
      ["1h", 1],
      ["24h", 3],
      ["7d", 5],
      ["30d", 7],
    ]);
  });

  test("follow an event that a later attempt moves to another outcome", async () => {
    await happened(2 * minute, "error");
    await happened(2 * minute, "success", { eventId: sampleEventId(1), attempt: 2, attemptKind: "replay" });
    const { periods } = await status();
    expect(periods.map(({ success, error }) => [success, error])).toEqual(periods.map(() => [1, 0]));
  });
});

test("the last 24 hours come oldest first and add up to their period", async () => {
  await happened(0);
  await happened(22 * hour, "error");
  const { hourly, periods } = await status();
  expect(hourly).toHaveLength(24);
  expect(hourly[0]).toMatchObject({ hour: "2026-03-03T13:00:00.000Z" });
  expect(hourly[1]).toEqual({ hour: "2026-03-03T14:00:00.000Z", success: 0, error: 1, skipped: 0 });
  expect(hourly[23]).toEqual({ hour: "2026-03-04T12:00:00.000Z", success: 1, error: 0, skipped: 0 });
  expect(periods[1]).toMatchObject({ success: 1, error: 1, skipped: 0 });
});

test("the last event and the last success are found however long ago they were", async () => {
  const success = await happened(200 * day);
  await happened(100 * day, "error");
  expect(await status()).toMatchObject({
    lastEventAt: new Date(now - 100 * day).toISOString(),
    lastSuccessAt: new Date(success.processedAt).toISOString(),
    lastSuccessEventId: success.eventId,
  });
});

test("an organization without events has figures, all zero", async () => {
  const { periods, hourly, rejections, ...rest } = await status();
  expect(
    [...periods, ...hourly].every(({ success, error, skipped }) => success + error + skipped === 0),
  ).toBe(true);
  expect(rejections).toEqual([]);
  expect(rest).toEqual({
    lastEventAt: null,
    lastSuccessAt: null,
    lastSuccessEventId: null,
    rejectionsLastHour: 0,
    asOf: "2026-03-04T12:38:20.000Z",
  });
});

test("everything is one request, with 31 days of all shards", async () => {
  for (let age = 0; age < 31; age += 1) {
    for (let shard = 0; shard < 4; shard += 1) await happened(age * day);
  }
  ranges = 0;
  expect((await status()).periods.at(-1)?.success).toBe(30 * 4);
  expect(ranges).toBe(1);
});

describe("rejections", () => {
  const rejection = { organizationId: "contoso", contentType: "text/plain", bytes: 12 } as const;

  test("of the last 24 hours are counted by reason, the most frequent first", async () => {
    const recorder = createRejectionRecorder({ table });
    await recorder.reject({ ...rejection, reason: "wrongKey", at: now });
    await recorder.reject({ ...rejection, reason: "notJson", at: now - hour });
    await recorder.reject({ ...rejection, reason: "notJson", at: now });
    await recorder.reject({ ...rejection, reason: "tooLarge", at: now - 24 * hour });
    await recorder.reject({ ...rejection, organizationId: null, reason: "unknownOrganization", at: now });
    expect((await status()).rejections).toEqual([
      { reason: "notJson", count: 2 },
      { reason: "wrongKey", count: 1 },
    ]);
    expect((await readStatus(table, null, now)).rejections).toEqual([
      { reason: "unknownOrganization", count: 1 },
    ]);
  });

  test("of the last hour are counted from the same five-minute mark as the events, over midnight as well", async () => {
    const recorder = createRejectionRecorder({ table });
    const midnight = Date.UTC(2026, 2, 5);
    const at = midnight + 20 * minute;
    const from = at - hour;
    for (const time of [from - 1, from, midnight - 1, midnight, at])
      await recorder.reject({ ...rejection, reason: "wrongKey", at: time });
    await createRejectionRecorder({ table }).reject({ ...rejection, reason: "notJson", at });
    expect(await readStatus(table, "contoso", at)).toMatchObject({ rejectionsLastHour: 5 });
    expect(await readStatus(table, "contoso", at + 3 * hour)).toMatchObject({ rejectionsLastHour: 0 });
  });

  test("are listed newest first, page by page", async () => {
    const recorder = createRejectionRecorder({ table });
    for (const age of [3, 1, 2]) {
      await recorder.reject({
        ...rejection,
        reason: "notJson",
        at: now - age * minute,
        contentType: `text/${age}`,
      });
    }
    const first = await readRejections(table, "contoso", { limit: 2 });
    expect(first.items.map(({ contentType }) => contentType)).toEqual(["text/1", "text/2"]);
    expect(first.items[0]).toMatchObject({ reason: "notJson", bytes: 12 });
    const second = await readRejections(table, "contoso", {
      limit: 2,
      cursor: first.nextCursor ?? undefined,
    });
    expect(second.items.map(({ contentType }) => contentType)).toEqual(["text/3"]);
    expect(second.nextCursor).toBeNull();
  });

  test("of a flood are all counted, but only the first of the hour are kept", async () => {
    const recorder = createRejectionRecorder({ table });
    const flood = Array.from({ length: 300 }, () =>
      recorder.reject({ ...rejection, reason: "wrongKey", at: now }),
    );
    await Promise.all(flood);
    expect((await status()).rejections).toEqual([{ reason: "wrongKey", count: 300 }]);
    expect((await readRejections(table, "contoso", { limit: 200 })).items).toHaveLength(20);
  });
});
