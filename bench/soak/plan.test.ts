import { expect, test } from "vitest";
import { sampleOrganizations } from "../../local/stack/sampleOrganizations.ts";
import { planSoak } from "./plan.ts";

const now = Date.UTC(2026, 5, 1);

test("a seed gives the same events in the same order", () => {
  const [one, other] = [
    planSoak(200, "a", sampleOrganizations, now),
    planSoak(200, "a", sampleOrganizations, now),
  ];
  expect(one.deliveries.map(({ eventId }) => eventId)).toEqual(
    other.deliveries.map(({ eventId }) => eventId),
  );
});

test("every event is sent, a fifth of them twice with the same bytes, and none before its turn", () => {
  const { events, deliveries } = planSoak(3_000, "b", sampleOrganizations, now);
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3_000);
  expect(new Set(deliveries)).toEqual(new Set(events));
  const repeated = deliveries.length - events.length;
  expect(repeated).toBeGreaterThan(3_000 * 0.17);
  expect(repeated).toBeLessThan(3_000 * 0.23);
});

test("every effect occurs, in every organization, and nothing was changed in the future", () => {
  const { events } = planSoak(3_000, "c", sampleOrganizations, now);
  expect(new Set(events.map(({ effect }) => effect)).size).toBe(5);
  expect(new Set(events.map(({ organizationId }) => organizationId)).size).toBe(3);
  expect(events.every(({ modifiedAt }) => modifiedAt <= now)).toBe(true);
});
