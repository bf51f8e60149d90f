import { expect, it } from "vitest";
import { noFilter } from "./eventFilter.ts";
import { shownEvents } from "./shownEvents.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

const noon = Date.UTC(2026, 10, 21, 12);
/** So many events, newest first, a second apart. */
const events = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    eventId: String(index),
    receivedAt: new Date(noon - index * 1000).toISOString(),
  })) as EventSummary[];

it("names the events one by one, so that none that arrives meanwhile is among them", () => {
  expect(shownEvents(events(2), noFilter, noon)).toEqual({ eventIds: ["0", "1"] });
  expect(shownEvents([], noFilter, noon)).toBeNull();
});

it("names more than can be named one by one by the filter and their time", () => {
  expect(shownEvents(events(201), { ...noFilter, outcome: "error", time: { period: "30d" } }, noon)).toEqual({
    filter: { outcome: "error", from: "2026-11-21T11:56:40.000Z", to: "2026-11-21T12:00:00.001Z" },
  });
});
