import { expect, it } from "vitest";
import { platformVersion } from "./platformVersion.ts";
import type { PlatformOrganization, PlatformStatus } from "../../../functions/contracts/platform.ts";

function organization(id: string, lastEventAt: string, lastSuccessAt = lastEventAt): PlatformOrganization {
  return {
    ...{
      id,
      name: id,
      lastEventAt,
      lastSuccessAt,
      errorRate: 0,
      queue: { oldestSeconds: null, atMostSeconds: 0 },
    },
    health: { state: "healthy", rule: "", remedy: null, inputs: [] },
    last24h: { success: 1, error: 0, skipped: 0 },
    alerts: [],
    asOf: lastEventAt,
  };
}

function status(...organizations: PlatformOrganization[]): PlatformStatus {
  return {
    totals: { organizations: organizations.length, needAttention: 0, periods: [] },
    organizations,
    rejectionsWithoutOrganization: [],
    alertsCheckedAt: null,
    asOf: "2026-11-21T12:00:00.000Z",
  };
}

const noon = "2026-11-21T12:00:00.000Z";
const before = status(organization("a", noon), organization("b", "2026-11-21T11:00:00.000Z"));
const eventInB = status(organization("a", noon), organization("b", "2026-11-21T12:00:01.000Z"));

it("changes for the merged log with an event of any organization, and for one organization only with its own", () => {
  expect(platformVersion(eventInB, "")).not.toBe(platformVersion(before, ""));
  expect(platformVersion(eventInB, "b")).not.toBe(platformVersion(before, "b"));
  expect(platformVersion(eventInB, "a")).toBe(platformVersion(before, "a"));
});

it("changes with a replay of old errors, which are no new events and count in no figure of the last day", () => {
  const replayed = status(organization("a", noon, "2026-11-21T12:30:00.000Z"));
  expect(platformVersion(replayed, "a")).not.toBe(platformVersion(before, "a"));
});

it("stays when the figures were merely read again", () => {
  expect(platformVersion({ ...before, asOf: "2026-11-21T12:00:09.000Z" }, "")).toBe(
    platformVersion(before, ""),
  );
});
