import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carelessTables } from "./testing/careless-tables.ts";
import { recordingScenario } from "./testing/recording-scenario.ts";
import { runRecording } from "./testing/run-recording.ts";

const stories = Number(process.env["RECORDER_STORIES"] ?? 2_500);

test("counters, identities and index agree with the events after every transaction, whatever goes wrong", async () => {
  let redeliveries = 0;
  let t = 0;
  await fc.assert(
    fc.asyncProperty(recordingScenario, async (scenario) => {
      const x = await runRecording(scenario);
      redeliveries += x.redeliveries;
      t += x.transactions;
    }),
    { numRuns: stories },
  );
  console.log(t, redeliveries);
  expect(redeliveries).toBeGreaterThan(stories / 10);
});

describe("the test finds out a recorder that is careless:", () => {
  test.each(Object.entries(carelessTables))("%s", async (_, careless) => {
    const property = fc.asyncProperty(recordingScenario, async (scenario) => {
      await runRecording(scenario, careless);
    });
    const answer = await fc.check(property, { numRuns: stories, endOnFailure: true, seed: 1 });
    console.log(answer.numRuns, String(answer.errorInstance).slice(0, 150));
    expect(answer.failed).toBe(true);
  });
});
