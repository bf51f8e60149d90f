import { AssertionError } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Write } from "../platform/storage/table.ts";
import { recordingScenario } from "./testing/recordingScenario.ts";
import { runIndexing } from "./testing/runIndexing.ts";
import type { Carelessness } from "./testing/runIndexing.ts";

const stories = 2_000;

/** Events of two of three records; a later attempt knows fewer of them, as a dead letter does, or all. */
const scenarios = recordingScenario.map((scenario) => ({
  ...scenario,
  deliveries: scenario.deliveries.map(({ worker, batch }) => ({
    worker,
    batch: batch.map((event) => {
      const number = Number.parseInt(event.eventId, 16);
      const ids = [number % 3, (number + 1) % 3].map((record) => `record-${record}`);
      const recordIds = event.attempt % 2 === 0 ? ids.slice(0, 1) : ids;
      return { ...event, recordId: recordIds[0] ?? null, recordIds };
    }),
  })),
}));

test("the index of records says what the log says, after duplicates, retries, lost answers and crashes", async () => {
  let redeliveries = 0;
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const statistics = await runIndexing(scenario);
      redeliveries += statistics.redeliveries;
      rows += statistics.rows;
    }),
    { numRuns: stories },
  );
  expect(redeliveries).toBeGreaterThan(stories / 10);
  expect(rows).toBeGreaterThan(stories);
});

const put = (write: Write): Write => (write.kind === "delete" ? write : { kind: "upsert", row: write.row });

const careless: Record<string, Carelessness> = {
  "rows are put without a look at what is there": {
    recordEvents: (table) => ({ ...table, submit: (writes) => table.submit(writes.map(put)) }),
  },
  "a duplicate is taken to be indexed": {
    withIndex: (recorder, index) => ({
      async record(events) {
        const results = await recorder.record(events);
        const told = events.filter((_, place) => results[place] !== "duplicate");
        const toldAs = results.filter((result) => result !== "duplicate");
        await index.follow(told, toldAs);
        return results;
      },
    }),
  },
  "a later attempt is written as it came": {
    withIndex: (recorder, index) => ({
      async record(events) {
        const results = await recorder.record(events);
        await index.follow(
          events,
          results.map((result) => (result === "advanced" ? "recorded" : result)),
        );
        return results;
      },
    }),
    recordEvents: (table) => ({ ...table, submit: (writes) => table.submit(writes.map(put)) }),
  },
};

describe("the test finds out an index that is careless:", () => {
  test.each(Object.entries(careless))("%s", async (_, carelessness) => {
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      await runIndexing(scenario, carelessness);
    });
    const answer = await fc.check(property, { numRuns: stories, endOnFailure: true, seed: 1 });
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
