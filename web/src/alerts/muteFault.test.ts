import { expect, it } from "vitest";
import { deliveryKinds } from "./deliveryLooks.ts";
import { muteFault } from "./muteFault.ts";

const now = Date.UTC(2026, 0, 5, 8);
const days = (count: number) => now + count * 86_400_000;

it.each([
  ["no time", null, "in the future"],
  ["now", now, "in the future"],
  ["a moment from now", now + 1, undefined],
  ["30 days ahead", days(30), undefined],
  ["more than 30 days ahead", days(30) + 1, "within the next 30 days"],
  ["the year 9999", Date.UTC(9999, 0, 1), "within the next 30 days"],
])("muting until %s", (_, until, fault) => {
  const found = muteFault(until, now);
  if (fault === undefined) expect(found).toBeUndefined();
  else expect(found).toContain(fault);
});

it("a card about a rule that cannot be checked is not shown as an alert", () => {
  expect(deliveryKinds.unknown).toBe("Rule cannot be checked");
});
