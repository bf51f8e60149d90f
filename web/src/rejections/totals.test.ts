import { expect, it } from "vitest";
import { countIn, totalsOf } from "./totals.ts";
import type { RejectionHistory } from "../../../functions/contracts/rejections.ts";

const early = { from: "2026-11-21T10:00:00.000Z", counts: [{ reason: "wrongKey" as const, count: 2 }] };
const late = {
  from: "2026-11-21T11:00:00.000Z",
  counts: [
    { reason: "wrongKey" as const, count: 1 },
    { reason: "notJson" as const, count: 5 },
    { reason: "tooLarge" as const, count: 0 },
  ],
};
const history: RejectionHistory = { slots: [early, late] };

it("adds up each reason over the span, the most frequent first, and leaves out what never occurred", () => {
  expect(totalsOf(history)).toEqual([
    { reason: "notJson", count: 5 },
    { reason: "wrongKey", count: 3 },
  ]);
});

it("counts a reason that a slot does not name as none", () => {
  expect([countIn(early, "wrongKey"), countIn(early, "notJson")]).toEqual([2, 0]);
});
