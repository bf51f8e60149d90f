import { AssertionError } from "node:assert";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { playTelling, tellingStory } from "./testing/telling.ts";
import type { Careless } from "./testing/telling.ts";

const stories = Number(process.env["ALERT_STORIES"] ?? 200);

/** Ways to get it wrong that look harmless. */
const careless: Record<string, Careless> = {
  "writes without looking whether somebody else did": {
    table: (table) => ({
      ...table,
      submit: (writes) => table.submit(writes.map(({ row }) => ({ kind: "upsert", row }))),
    }),
  },
  "sends again what it has no answer for": {
    sendMessage: (send) => async (address, message) => {
      const sending = await send(address, message);
      return sending.result === "unknown" ? { ...sending, result: "refused", retryAfterMs: null } : sending;
    },
  },
  "gives up writing down what it sent": { table: withoutPatience },
  "takes a refusal for an arrival": {
    sendMessage: (send) => async (address, message) => ({
      ...(await send(address, message)),
      result: "sent",
    }),
  },
};

function withoutPatience(table: Table): Table {
  return {
    ...table,
    submit: async (writes) => {
      try {
        return await table.submit(writes);
      } catch (fault) {
        if (fault instanceof StorageFault && fault.kind === "ambiguous")
          throw new StorageFault("refused", null, fault.message);
        throw fault;
      }
    },
  };
}

test("each change that lasts is told exactly once to its channel, whatever goes wrong", async () => {
  const property = fc.asyncProperty(tellingStory, (story) => playTelling(story));
  const answer = await fc.check(property, { numRuns: stories });
  expect(fc.defaultReportMessage(answer)).toBeUndefined();
});

describe("the test finds out a timer that", () => {
  test.each(Object.entries(careless))("%s", async (_, how) => {
    const property = fc.asyncProperty(tellingStory, (story) => playTelling(story, how));
    const answer = await fc.check(property, { numRuns: stories, endOnFailure: true, seed: 1 });
    expect(answer.errorInstance).toBeInstanceOf(AssertionError);
  });
});
