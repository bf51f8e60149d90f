import { AssertionError, deepStrictEqual, strictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkExact } from "../../sync-log/testing/exactness.ts";
import type { ModelTable } from "../../sync-log/testing/modelTable.ts";
import type { Table } from "../../platform/storage/table.ts";
import { checkIndex } from "../../sync-log/testing/runIndexing.ts";
import { processArrivals } from "../process.ts";
import { organizationIds } from "../testing/administrator.ts";
import { replayStory } from "../testing/replayStory.ts";
import type { ReplayStory } from "../testing/replayStory.ts";
import { honest, runPipeline } from "../testing/runPipeline.ts";
import type { Handlers, Outcome } from "../testing/runPipeline.ts";
import { storyEventId } from "../testing/storyMessages.ts";
import { continueReplays } from "./continueReplays.ts";
import { processReplay } from "./processReplay.ts";
import { fromItemRow, fromReplayRow } from "./replayRows.ts";

const stories = 300;
const storiesToFindOut = 1_000;

/** Counters, index and held rows agree with the events; every event has its row and none is held or promised an attempt. */
function checkAtRest(story: ReplayStory, outcome: Outcome): void {
  strictEqual(outcome.left, 0, "the queues are empty");
  for (const id of organizationIds) {
    const rows = outcome.syncLog.rows(id);
    checkExact(rows, outcome.now);
    checkIndex(rows, outcome.recordEvents.rows(id));
    const events = rowsOf(outcome.syncLog, id, "e|");
    const sent = story.events.flatMap((event, index) =>
      event.organization === id ? [storyEventId(index)] : [],
    );
    deepStrictEqual(events.map(({ rowKey }) => rowKey.split("|")[2]).toSorted(byText), sent.toSorted(byText));
    for (const row of events) {
      strictEqual(row["nextAttemptAt"] ?? null, null, "no attempt is still promised");
      strictEqual(row["code"] === "integration.paused", false, "nothing is held");
    }
    deepStrictEqual(rowsOf(outcome.syncLog, id, "h|"), [], "nothing is listed as held");
    checkReplays(outcome.replays, id);
  }
}

/** Progress is true: what a replay says it did is the sum of what it did, each event of a pass once. */
function checkReplays(table: ModelTable, id: string): void {
  deepStrictEqual(rowsOf(table, id, "a|"), [], "no replay is still active");
  for (const replay of rowsOf(table, id, "p|").map(fromReplayRow)) {
    const items = rowsOf(table, id, `t|${replay.replayId}|`).map(fromItemRow);
    const done = items.filter(({ after }) => after !== null);
    strictEqual(replay.total, items.length, "events found");
    strictEqual(replay.done, done.length, "events run");
    if (replay.state === "done") strictEqual(replay.done, replay.total, "a replay that is done has run all");
    const { success, error, skipped } = replay.outcomes;
    strictEqual(success + error + skipped, replay.done, "outcomes add up");
  }
}

/** The records as their values, stamps and deletions; who came first is memory of the order of arrival. */
function values(records: ModelTable): unknown {
  return organizationIds.map((id) =>
    [...records.rows(`${id}|member`).values()]
      .map(({ rowKey, fields0, deletedAt }) => {
        const fields = JSON.parse(String(fields0)) as Record<string, unknown[]>;
        const held = Object.entries(fields).map(([name, [value, , ...stamp]]) => [name, value, ...stamp]);
        return [rowKey, deletedAt ?? null, held.toSorted(byText)];
      })
      .toSorted(byText),
  );
}

function verdicts(log: ModelTable): unknown {
  return organizationIds.map((id) =>
    rowsOf(log, id, "e|").map(({ rowKey, outcome, code }) => [rowKey, outcome, code]),
  );
}

/** How often those that came right were tried, and when the last one did. */
function successes(log: ModelTable): unknown {
  return organizationIds.map((id) => ({
    attempts: rowsOf(log, id, "e|")
      .filter(({ outcome }) => outcome === "success")
      .map(({ rowKey, attempts }) => [rowKey, attempts]),
    last: rowsOf(log, id, "d|00000000").map(({ rowKey, lastSuccessAt }) => [rowKey, lastSuccessAt]),
  }));
}

function byText(one: unknown, other: unknown): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}

function rowsOf(table: ModelTable, id: string, prefix: string) {
  return [...table.rows(id).values()]
    .filter(({ rowKey }) => rowKey.startsWith(prefix))
    .toSorted((one, other) => (one.rowKey < other.rowKey ? -1 : 1));
}

async function nothingVanishes(story: ReplayStory, handlers: Handlers = honest): Promise<void> {
  checkAtRest(story, await runPipeline(story, handlers));
}

/** What a row says now is another thing at every reading, so only what needs no reading is compared. */
const withoutReads = replayStory.map((story) => ({
  ...story,
  events: story.events.filter(({ kind }) => kind !== "stripped"),
}));

/** After all was replayed once the records are those of undisturbed processing, and replaying all again changes nothing. */
async function convergesAndRests(story: ReplayStory, handlers: Handlers = honest): Promise<void> {
  const rests: { records: unknown; [part: string]: unknown }[] = [];
  const last = await runPipeline(story, handlers, ["replay", "replay"], ({ records, syncLog }) => {
    rests.push({
      records: values(records),
      verdicts: verdicts(syncLog),
      counters: countersOf(syncLog),
      successes: successes(syncLog),
    });
  });
  checkAtRest(story, last);
  const [, once, twice] = rests;
  deepStrictEqual(twice, once, "the second replay changes nothing");
  const undisturbed = { ...story, storage: [], failedSends: [], troubles: 0, acts: [], staleLooks: 0 };
  deepStrictEqual(
    once?.records,
    values((await runPipeline(undisturbed, honest)).records),
    "records converge",
  );
}

/** Counts by hour and outcome, over the shards, without those that are zero. */
function countersOf(log: ModelTable): unknown {
  return organizationIds.map((id) => {
    const sums = new Map<string, number>();
    for (const row of rowsOf(log, id, "d|").filter(({ rowKey }) => !rowKey.startsWith("d|00000000")))
      for (const [column, value] of Object.entries(row))
        if (typeof value === "number") sums.set(column, (sums.get(column) ?? 0) + value);
    return [...sums].filter(([, count]) => count !== 0).toSorted(byText);
  });
}

/** A held event whose retries ran on beside it: the retry that its replay promises must not pass for one of those. */
const promisedTwice: ReplayStory = {
  events: [
    { organization: "quiet", record: 0, kind: "update", value: 0, sent: 1 },
    { organization: "quiet", record: 0, kind: "update", value: 0, sent: 2 },
    { organization: "quiet", record: 0, kind: "update", value: 0, sent: 2 },
    { organization: "quiet", record: 0, kind: "stripped", value: 0, sent: 2 },
    { organization: "quiet", record: 0, kind: "update", value: 0, sent: 1 },
  ],
  ...{ batch: 1, storage: [], troubles: 0, failedSends: [], deadReads: 6, staleLooks: 3, replayStorage: [] },
  acts: [
    { after: 0, act: "replayFailed" },
    { after: 0, act: "pause" },
    { after: 3, act: "resume" },
    { after: 3, act: "stop" },
  ],
};

test("with pauses, resumptions and replays every event ends in one outcome, and progress is true", async () => {
  await fc.assert(
    fc.asyncProperty(replayStory, (story) => nothingVanishes(story)),
    { numRuns: stories, examples: [[promisedTwice]] },
  );
});

test("replays leave the records that undisturbed processing would, and a second one changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(withoutReads, (story) => convergesAndRests(story)),
    { numRuns: stories },
  );
});

type Careless = [Handlers, typeof nothingVanishes, typeof replayStory];
const careless: Record<string, Careless> = {
  "stores what a step did apart from how far it is": [
    {
      ...honest,
      processReplay: (services, ...rest) => {
        const { replays } = services;
        const commit: typeof replays.commit = async (replay, { progress, items }) =>
          replays.commit(await replays.commit(replay, { progress, items: [] }), { progress: {}, items });
        return processReplay({ ...services, replays: { ...replays, commit } }, ...rest);
      },
    },
    nothingVanishes,
    replayStory,
  ],
  "looks for what is held only when somebody resumes": [
    {
      ...honest,
      processReplay: (services, ...rest) => processReplay(blindForHeld(services), ...rest),
      continueReplays: (services, log) => continueReplays(blindForHeld(services), log),
    },
    nothingVanishes,
    replayStory,
  ],
  "drops what arrives while paused": [
    {
      ...honest,
      processArrivals: async (services, messages, context) => {
        const organization = await services.directory.find("quiet");
        if (organization?.state !== "paused") await processArrivals(services, messages, context);
      },
    },
    nothingVanishes,
    replayStory,
  ],
};

/** Does not see single held events; a page of them it does. */
function blindForHeld<S extends { syncLog: Table }>(services: S): S {
  const { syncLog } = services;
  const range: Table["range"] = (wanted) =>
    wanted.limit === 1 ? Promise.resolve({ rows: [], continuation: null }) : syncLog.range(wanted);
  return { ...services, syncLog: { ...syncLog, range } };
}

describe("the test finds out an app that", () => {
  test.each(Object.entries(careless))("%s", async (_, [handlers, invariant, story]) => {
    const answer = await fc.check(
      fc.asyncProperty(story, (one) => invariant(one, handlers)),
      { numRuns: storiesToFindOut, endOnFailure: true, seed: 1 },
    );
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
