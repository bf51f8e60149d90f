import { AssertionError } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carelessRecording } from "./testing/carelessTables.ts";
import { recordingScenario } from "./testing/recordingScenario.ts";
import { runRecording } from "./testing/runRecording.ts";

/** Enough for every careless recorder below to be found out many times over; more for a soak. */
const stories = Number(process.env["RECORDER_STORIES"] ?? 2_000);

test("counters, identities and index agree with the events after every transaction, whatever goes wrong", async () => {
  let redeliveries = 0;
  await fc.assert(
    fc.asyncProperty(recordingScenario, async (scenario) => {
      redeliveries += (await runRecording(scenario)).redeliveries;
    }),
    { numRuns: stories },
  );
  expect(redeliveries).toBeGreaterThan(stories / 10);
});

describe("the test finds out a recorder that is careless:", () => {
  test.each(Object.entries(carelessRecording))("%s", async (_, careless) => {
    const property = fc.asyncProperty(recordingScenario, async (scenario) => {
      await runRecording(scenario, careless);
    });
    const answer = await fc.check(property, { numRuns: stories, endOnFailure: true, seed: 1 });
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
