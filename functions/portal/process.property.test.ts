import { AssertionError, deepStrictEqual, strictEqual } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkExact } from "../sync-log/testing/exactness.ts";
import type { ModelTable } from "../sync-log/testing/modelTable.ts";
import { checkIndex } from "../sync-log/testing/runIndexing.ts";
import { processArrivals, processRead } from "./process.ts";
import { pipelineStory } from "./testing/pipelineStory.ts";
import type { Story } from "./testing/pipelineStory.ts";
import { honest, runPipeline } from "./testing/runPipeline.ts";
import type { Handlers } from "./testing/runPipeline.ts";
import { storyEventId } from "./testing/storyMessages.ts";

const stories = 2_000;
const organizations = ["quiet", "troubled"] as const;

/** I1 and I3: every event that was accepted ends in exactly one row with an outcome, and no promise of an attempt is left open. */
async function nothingVanishes(story: Story, handlers?: Handlers): Promise<void> {
  const { syncLog, recordEvents, now, left } = await runPipeline(story, handlers);
  strictEqual(left, 0, "the queues are empty");
  for (const organization of organizations) {
    checkExact(syncLog.rows(organization), now);
    checkIndex(syncLog.rows(organization), recordEvents.rows(organization));
    const rows = eventRows(syncLog, organization);
    const sent = story.events.flatMap((event, index) =>
      event.organization === organization ? [storyEventId(index)] : [],
    );
    deepStrictEqual(rows.map(({ id }) => id).toSorted(), sent.toSorted(), "one row for each event");
    for (const { row } of rows)
      strictEqual(row["nextAttemptAt"] ?? null, null, "no attempt is still promised");
  }
}

/** I4: what becomes of one organization's events does not depend on the other's, nor on its outage. */
async function keepsApart(story: Story, handlers?: Handlers): Promise<void> {
  const calm = { ...story, storage: [], failedSends: [] };
  const together = await runPipeline(calm, handlers);
  const alone = await runPipeline(
    {
      ...calm,
      troubles: 0,
      events: story.events.map((event) =>
        event.organization === "quiet" ? event : { ...event, kind: "unmapped", sent: 1 },
      ),
    },
    handlers,
  );
  deepStrictEqual(outcomes(together.syncLog), outcomes(alone.syncLog));
}

function eventRows(table: ModelTable, organization: string) {
  const rows = [...table.rows(organization).values()].filter(({ rowKey }) => rowKey.startsWith("e|"));
  return rows.map((row) => ({ id: row.rowKey.split("|")[2] ?? "", row }));
}

function outcomes(table: ModelTable) {
  return eventRows(table, "quiet")
    .map(({ id, row }) => `${id} ${String(row["outcome"])} ${String(row["code"])} ${String(row["attempts"])}`)
    .toSorted();
}

test("every accepted event ends in one outcome, whatever goes wrong on the way", async () => {
  await fc.assert(
    fc.asyncProperty(pipelineStory, (story) => nothingVanishes(story)),
    { numRuns: stories },
  );
});

/** Reads share Dynamics' mood between organizations in the model, so only what needs no read is compared. */
const withoutReads = pipelineStory.map((story) => ({
  ...story,
  deadReads: 0,
  events: story.events.filter(({ kind }) => kind !== "stripped"),
}));

test("one organization's outage, poison and burst change nothing for another", async () => {
  await fc.assert(
    fc.asyncProperty(withoutReads, (story) => keepsApart(story)),
    { numRuns: stories },
  );
});

const careless: Record<string, [Handlers, typeof nothingVanishes, typeof pipelineStory]> = {
  "completes a batch that could not be stored": [
    { ...honest, processArrivals: (...given) => processArrivals(...given).catch(() => {}) },
    nothingVanishes,
    pipelineStory,
  ],
  "drops dead letters unrecorded": [
    { ...honest, recordDeadLetters: () => Promise.resolve() },
    nothingVanishes,
    pipelineStory,
  ],
  "promises a retry that it never sends": [
    {
      ...honest,
      processRead: (services, ...rest) => {
        const send: typeof services.send = (queue) => (message) =>
          message.scheduledEnqueueTimeUtc ? Promise.resolve() : services.send(queue)(message);
        return processRead({ ...services, send }, ...rest);
      },
    },
    nothingVanishes,
    pipelineStory,
  ],
  "gives up a whole batch when one organization cannot be stored": [
    {
      ...honest,
      processArrivals: async (services, messages, context) => {
        const properties = context.triggerMetadata?.applicationPropertiesArray as {
          organizationId: string;
        }[];
        const bodies = messages as unknown[];
        const order = ["troubled", "quiet"];
        for (const organization of order) {
          const own = bodies
            .map((body, index) => ({ body, its: properties[index] }))
            .filter(({ its }) => its?.organizationId === organization);
          const part = {
            error: () => {},
            triggerMetadata: { applicationPropertiesArray: own.map(({ its }) => its) },
          };
          await processArrivals(
            services,
            own.map(({ body }) => body),
            part as never,
          );
        }
      },
    },
    keepsApart,
    withoutReads,
  ],
};

describe("the test finds out a pipeline that", () => {
  test.each(Object.entries(careless))("%s", async (_, [handlers, invariant, story]) => {
    const answer = await fc.check(
      fc.asyncProperty(story, (one) => invariant(one, handlers)),
      { numRuns: stories, endOnFailure: true, seed: 1 },
    );
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
