import { describe, expect, it } from "vitest";
import {
  canBeStopped,
  estimatedCount,
  sampleResults,
  selectionLabel,
  stoppedSentence,
} from "./replayWords.ts";
import type { Replay, ReplayPreview } from "../../../functions/contracts/replays.ts";

const preview = (after: ReplayPreview["after"], code: ReplayPreview["code"]): ReplayPreview => ({
  ...{ eventId: "0".repeat(32), eventType: "contact.Update", receivedAt: "2026-11-21T12:00:00.000Z" },
  ...{ before: "error", after, code, message: null, changes: [] },
});

describe("an estimate", () => {
  it("says how many events it found, and when there are more", () => {
    expect(estimatedCount({ events: 1, complete: true, sample: [] })).toBe("1 event");
    expect(estimatedCount({ events: 10_000, complete: false, sample: [] })).toBe("More than 10,000 events");
  });

  it("gathers its sample by result, with the reason of what is skipped", () => {
    const sample = [preview("success", null), preview("skipped", "record.stale"), preview("success", null)];
    expect(sampleResults(sample).map(({ title, count }) => [title, count])).toEqual([
      ["Success", 2],
      ["Skipped: Older than what is here", 1],
    ]);
  });
});

it("offers to stop a replay that runs, but not a resumption", () => {
  const running = { state: "running", kind: "replay" } as Replay;
  expect(canBeStopped(running)).toBe(true);
  expect(canBeStopped({ ...running, kind: "resume" })).toBe(false);
  expect(canBeStopped({ ...running, state: "done" })).toBe(false);
});

it("says why a replay ended before it was done", () => {
  expect(stoppedSentence({ kind: "replay", reason: null })).toContain("It was stopped.");
  expect(stoppedSentence({ kind: "resume", reason: "paused" })).toContain("the integration was paused");
  expect(stoppedSentence({ kind: "replay", reason: "failed" })).toContain("failed several times");
});

describe("what a replay was for", () => {
  it.each([
    [{ eventIds: ["a", "b"] }, "A selection of 2 events"],
    [{ filter: {} }, "All events"],
    [
      { filter: { outcome: "error" as const, code: "mapping.valueInvalid" as const, q: "ada" } },
      "Events with outcome error, code “A value cannot be read”, “ada”",
    ],
  ])("%j is: %s", (selection, label) => expect(selectionLabel(selection)).toBe(label));
});
