import { expect, test } from "vitest";
import { expectedMembers } from "./expectedMembers.ts";
import type { SoakEvent } from "./plan.ts";

function event(
  eventId: string,
  modifiedAt: number,
  columns: SoakEvent["columns"],
  effect: SoakEvent["effect"] = "update",
) {
  return { eventId, modifiedAt, columns, effect, member: "m" } as SoakEvent;
}

test("the later change holds field by field, whichever comes first", () => {
  const earlier = event("a", 1000, { telephone1: "1", jobtitle: "Chair" });
  const later = event("b", 2000, { telephone1: null });
  const expected = new Map([["m", { fields: { phone: null, jobTitle: "Chair" } }]]);
  expect(expectedMembers([earlier, later])).toEqual(expected);
  expect(expectedMembers([later, earlier])).toEqual(expected);
});

test("within a second the greater event id holds", () => {
  const events = [event("b", 1000, { jobtitle: "B" }), event("a", 1000, { jobtitle: "A" })];
  expect(expectedMembers(events).get("m")).toEqual({ fields: { jobTitle: "B" } });
});

test("within a second a creation comes before an update, whatever their ids", () => {
  const events = [event("z", 1000, { jobtitle: "New" }, "create"), event("a", 1000, { jobtitle: "Chair" })];
  expect(expectedMembers(events).get("m")).toEqual({ fields: { jobTitle: "Chair" } });
});

test("a deletion is for ever, and the earliest counts", () => {
  const events = [
    event("c", 3000, {}, "delete"),
    event("b", 2000, {}, "delete"),
    event("d", 4000, { jobtitle: "Back" }),
    event("a", 1000, { jobtitle: "Before" }),
  ];
  expect(expectedMembers(events).get("m")).toEqual({ deletedBy: "b" });
});

test("events that fail or are not mapped change nothing", () => {
  const events = [
    event("a", 1000, { emailaddress1: "not known" }, "faulty"),
    event("b", 1000, { subject: "T" }, "unmapped"),
  ];
  expect(expectedMembers(events).size).toBe(0);
});
