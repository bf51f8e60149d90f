import { expect, it } from "vitest";
import { eventQueues } from "./eventMessage.ts";
import { createLanes } from "./lanes.ts";
import type { ChooseLane } from "./lanes.ts";

const { arrivals, bulk } = eventQueues;

/** How many of so many events at once go to the queue of arrivals. */
function arrivalsOf(chooseLane: ChooseLane, organizationId: string, events: number): number {
  return Array.from({ length: events }, () => chooseLane(organizationId)).filter((lane) => lane === arrivals)
    .length;
}

it("sends what is more than a burst of 25 to a queue of its own", () => {
  const chooseLane = createLanes(() => 0);
  expect(arrivalsOf(chooseLane, "contoso", 500)).toBe(25);
  expect(chooseLane("contoso")).toBe(bulk);
});

it("lets one organization's burst change nothing for another", () => {
  const chooseLane = createLanes(() => 0);
  arrivalsOf(chooseLane, "contoso", 500);
  expect(chooseLane("fabrikam")).toBe(arrivals);
});

it("keeps an organization apart while it sends more than its share, so that nobody waits behind it", () => {
  let now = 0;
  const chooseLane = createLanes(() => now);
  arrivalsOf(chooseLane, "contoso", 500);
  const lanes = Array.from({ length: 1_000 }, () => {
    now += 20;
    return chooseLane("contoso");
  });
  expect(new Set(lanes)).toEqual(new Set([bulk]));
});

it("takes an organization back when it has been quiet for most of a second", () => {
  let now = 0;
  const chooseLane = createLanes(() => now);
  arrivalsOf(chooseLane, "contoso", 500);
  now += 500;
  expect(chooseLane("contoso")).toBe(bulk);
  now += 200;
  expect(chooseLane("contoso")).toBe(arrivals);
  now += 3_600_000;
  expect(arrivalsOf(chooseLane, "contoso", 500)).toBe(25);
});

it("never stops an organization that keeps to its share", () => {
  let now = 0;
  const chooseLane = createLanes(() => (now += 50));
  expect(arrivalsOf(chooseLane, "contoso", 2_000)).toBe(2_000);
});

it("is not confused by a clock that is set back", () => {
  let now = 3_600_000;
  const chooseLane = createLanes(() => now);
  arrivalsOf(chooseLane, "contoso", 15);
  now = 0;
  expect(arrivalsOf(chooseLane, "contoso", 500)).toBe(10);
});
