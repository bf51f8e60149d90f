import { expect, it } from "vitest";
import { rowsOf, shortId } from "./eventRows.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

const event = (eventId: string, organizationId: string): EventSummary => ({
  ...{ eventId, organizationId, outcome: "success", code: null, message: null, eventType: "contact.Update" },
  ...{ table: "contact", recordId: null, attempts: 1, nextAttemptAt: null },
  receivedAt: "2026-11-21T12:00:00.000Z",
  processedAt: "2026-11-21T12:00:00.000Z",
});
const events = [event("1", "nordic"), event("2", "gone")];
const selection = { ids: new Set(["2"]), select: () => undefined, selectAll: () => undefined };
const given = {
  ...{ events, arrived: new Set(["2"]), openId: "1", open: () => undefined },
  ...{ columns: new Set<never>(), selection },
};

it("marks the open event and the one that just came", () => {
  const marks = rowsOf({ ...given, organizations: null }).map(({ isOpen, arrived }) => [isOpen, arrived]);
  expect(marks).toEqual([
    [true, false],
    [false, true],
  ]);
});

it("names organizations only in the merged log, and one it does not know by its id", () => {
  const names = (organizations: { id: string; name: string }[] | null) =>
    rowsOf({ ...given, organizations }).map(({ organization }) => organization);
  expect(names([{ id: "nordic", name: "Nordic Nurses" }])).toEqual(["Nordic Nurses", "gone"]);
  expect(names(null)).toEqual([null, null]);
});

it("knows which events are selected, and that none can be where events are not selected", () => {
  const selected = (selection: typeof given.selection | null) =>
    rowsOf({ ...given, organizations: null, selection }).map(({ selected }) => selected);
  expect(selected(selection)).toEqual([false, true]);
  expect(selected(null)).toEqual([null, null]);
});

it("shortens ids that are long and leaves short ones as they are", () => {
  expect(shortId("3f1d4c52-8f6b-4b6e-9b0e-0d6a5a1b2c3d")).toBe("3f1d4c52…2c3d");
  expect(shortId("42")).toBe("42");
});
