import { beforeEach, expect, it } from "vitest";
import { connect } from "../../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../../sync-log/testing/modelTable.ts";
import { orderOf, presentItem } from "./replayRows.ts";
import type { StoredItem } from "./replayRows.ts";
import { createReplayStore } from "./replayStore.ts";
import type { ReplayStore } from "./replayStore.ts";

const organizationId = "contoso";
const wanted = { organizationId, kind: "replay" as const, selection: { filter: {} }, startedBy: "Carla" };

let now: number;
let model: ReturnType<typeof createModelTable>;
let replays: ReplayStore;
beforeEach(() => {
  now = Date.UTC(2026, 0, 5, 8);
  model = createModelTable();
  const { table } = connect(model, { delay: async () => {}, fault: () => "none" });
  replays = createReplayStore({ table, clock: () => now });
});

function item(number: number, rowVersion: number | null = null): StoredItem {
  const eventId = number.toString(16).padStart(32, "0");
  return {
    order: orderOf({ pass: 1, time: now, rowVersion, receivedAt: now, eventId }),
    ...{ eventId, receivedAt: now, eventType: "contact.Update", recordId: null, attempt: 2 },
    ...{ before: "error", after: null, code: null, message: null, at: now },
  };
}

it("shows the newest replay first and runs the oldest first", async () => {
  const first = await replays.create(wanted);
  now += 1;
  const second = await replays.create(wanted);
  const ids = (all: { replayId: string }[]) => all.map(({ replayId }) => replayId);
  expect(ids(await replays.list(organizationId, 50))).toEqual([second.replayId, first.replayId]);
  expect(ids(await replays.active(organizationId))).toEqual([first.replayId, second.replayId]);
  await replays.commit(first, { progress: { state: "done" }, items: [] });
  expect(ids(await replays.active(organizationId))).toEqual([second.replayId]);
});

it("stores a step once, whoever comes second", async () => {
  const replay = await replays.create(wanted);
  const step = { progress: { total: 1 }, items: [item(1)] };
  const after = await replays.commit(replay, step);
  expect(await replays.commit(replay, { ...step, progress: { total: 9 } })).toMatchObject({
    total: 1,
    step: 1,
  });
  expect(after).toMatchObject({ total: 1, step: 1 });
});

it("keeps the wish to stop that comes while a step is taken", async () => {
  const replay = await replays.create(wanted);
  await replays.stop(replay);
  const after = await replays.commit(replay, { progress: { state: "running", total: 1 }, items: [item(1)] });
  expect(after).toMatchObject({ state: "stopping", total: 1 });
  const ended = await replays.commit(after, { progress: { state: "stopped" }, items: [] });
  expect(await replays.stop(ended)).toMatchObject({ state: "stopped" });
});

it("gives events in the order of their record's version, page by page", async () => {
  const replay = await replays.create(wanted);
  const items = [item(3, 7), item(2, 12), item(1, 5), item(4)];
  const after = await replays.commit(replay, { progress: { total: 4 }, items });
  const first = await replays.items(after, { cursor: null, limit: 3 });
  const rest = await replays.items(after, { cursor: first.at(-1)?.order ?? null, limit: 3 });
  const numbers = [...first, ...rest].map(({ eventId }) => Number(eventId));
  expect(numbers).toEqual([4, 1, 3, 2]);
  expect(await replays.items(after, { cursor: null, last: first[0]?.order ?? "", limit: 3 })).toHaveLength(1);
  expect(first.map(presentItem)[0]).toMatchObject({ before: "error", after: "error", code: null });
});

it("removes what was started before a time, with all its events", async () => {
  const replay = await replays.create(wanted);
  const after = await replays.commit(replay, { progress: { total: 2 }, items: [item(1), item(2)] });
  await replays.commit(after, { progress: { state: "done" }, items: [] });
  await replays.removeBefore(organizationId, now);
  expect(await replays.get(organizationId, replay.replayId)).not.toBeNull();
  await replays.removeBefore(organizationId, now + 1);
  expect([...model.rows(organizationId).keys()]).toEqual([]);
});
