import { describe, expect, it } from "vitest";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";
import { repairedEvents, verdict } from "./verdict.ts";

function tried(
  outcomeThen: Outcome,
  outcomeNow: Outcome,
  codeThen: OutcomeCode | null = null,
): MappingDryRun["events"][number] {
  return {
    ...{
      eventId: `${outcomeThen} ${outcomeNow}`,
      eventType: "contact.Update",
      receivedAt: "",
      message: null,
    },
    tried: true,
    ...{ outcomeThen, outcomeNow, codeThen, changed: outcomeThen !== outcomeNow, fields: [] },
  };
}

const repaired = tried("error", "success", "mapping.valueInvalid");
const stillFailing = tried("error", "error", "mapping.valueInvalid");
const run = (events: MappingDryRun["events"], more = false): MappingDryRun => ({
  ...{ events, more, unchecked: [], summary: [] },
});

describe("the sentence about a trial", () => {
  it("counts what is repaired where only failed events were tried", () => {
    expect(verdict([repaired])).toBe("The failed event can be taken now.");
    expect(verdict([stillFailing])).toBe("The event would fail again.");
    expect(verdict([repaired, repaired])).toBe("Both failed events can be taken now.");
    expect(verdict([repaired, repaired, repaired])).toBe("All 3 failed events can be taken now.");
    expect(verdict([stillFailing, stillFailing])).toBe("None of the 2 failed events can be taken yet.");
    expect(verdict([repaired, stillFailing])).toBe(
      "1 of 2 failed events can be taken now, 1 would fail again.",
    );
  });

  it("does not say of a failed event that it would fail again when it would be skipped", () => {
    expect(verdict([repaired, tried("error", "skipped")])).toBe(
      "2 events tried: 1 can be taken, 0 would fail, 1 would be skipped. 1 event that failed when received can be taken.",
    );
  });

  it("says nothing of an event that could not be tried but that", () => {
    const untried = { ...stillFailing, tried: false };
    expect(verdict([untried])).toBe("1 event could not be tried.");
    expect(verdict([repaired, untried])).toBe(
      "The failed event can be taken now. 1 event could not be tried.",
    );
  });

  it("says of other events what would get worse, and what better", () => {
    expect(verdict([repaired, tried("success", "error"), tried("skipped", "skipped")])).toBe(
      "3 events tried: 1 can be taken, 1 would fail, 1 would be skipped. 1 event would fail that did not fail when received. 1 event that failed when received can be taken.",
    );
  });
});

describe("the replay that a trial leads to", () => {
  it("is of exactly the failed events that can be taken", () => {
    expect(repairedEvents(run([repaired, stillFailing, tried("success", "success")]))).toEqual({
      count: 1,
      selection: { eventIds: [repaired.eventId] },
    });
    expect(repairedEvents(run([stillFailing]))).toBeNull();
  });

  it("is of all events with the same code where more failed than were tried", () => {
    const selection = { filter: { outcome: "error", code: "mapping.valueInvalid" } };
    expect(repairedEvents(run([repaired], true))).toEqual({ count: null, selection });
    const other = { ...repaired, codeThen: "mapping.requiredMissing" as const };
    expect(repairedEvents(run([repaired, other], true))?.count).toBe(2);
  });
});
