import { AssertionError } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carelessRejecting } from "./testing/carelessTables.ts";
import { rejectingScenario, runRejecting } from "./testing/runRejecting.ts";

const stories = Number(process.env["RECORDER_STORIES"] ?? 2_000);

test("each rejection is counted exactly once, whatever goes wrong", async () => {
  const property = fc.asyncProperty(rejectingScenario, (scenario) => runRejecting(scenario));
  const answer = await fc.check(property, { numRuns: stories });
  expect(fc.defaultReportMessage(answer)).toBeUndefined();
});

describe("the test finds out a recorder that is careless:", () => {
  test.each(Object.entries(carelessRejecting))("%s", async (_, careless) => {
    const property = fc.asyncProperty(rejectingScenario, (scenario) => runRejecting(scenario, careless));
    const answer = await fc.check(property, { numRuns: stories, endOnFailure: true, seed: 1 });
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
