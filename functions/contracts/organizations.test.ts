import { describe, expect, it } from "vitest";
import { newKey, newOrganization, organizationChange } from "./organizations.ts";

const given = {
  id: "contoso",
  name: " Contoso Association ",
  dynamicsOrganizationId: "B1A7D1E5-0B3C-4F68-9D21-5E8F7A6B4C11",
};

describe("a new organization", () => {
  it("needs an id, a name and its Dynamics environment", () => {
    expect(newOrganization.parse(given)).toEqual({
      id: "contoso",
      name: "Contoso Association",
      dynamicsOrganizationId: "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
      silenceHours: 24,
    });
  });

  it.each([
    { id: "Contoso" },
    { id: "-contoso" },
    { id: "a".repeat(41) },
    { id: "con/toso" },
    { name: "  " },
    { dynamicsOrganizationId: "contoso" },
    { environmentUrl: "contoso.crm4.dynamics.com" },
    { environmentUrl: "file:///etc/passwd" },
    { silenceHours: 0 },
    { silenceHours: 1.5 },
    { adminGroup: "a name that is not known" },
  ])("is refused with %j", (wrong) => {
    expect(newOrganization.safeParse({ ...given, ...wrong }).success).toBe(false);
  });
});

describe("a change", () => {
  it("holds what is to be changed and nothing else: no default overwrites what is there", () => {
    expect(organizationChange.parse({})).toEqual({});
    expect(organizationChange.parse({ adminGroupId: null })).toEqual({ adminGroupId: null });
    expect(organizationChange.parse({ environmentUrl: "https://contoso.crm4.dynamics.com/" })).toEqual({
      environmentUrl: "https://contoso.crm4.dynamics.com",
    });
  });

  it("takes the bounds of the retention, an address for Teams, and null to take it away", () => {
    for (const good of [{ retentionDays: 7 }, { retentionDays: 400 }, { teamsWebhookUrl: null }])
      expect(organizationChange.parse(good)).toEqual(good);
  });

  it.each([
    { id: "fabrikam" },
    { keys: [] },
    { name: null },
    { state: "paused" },
    { retentionDays: 6 },
    { retentionDays: 401 },
    { retentionDays: null },
    { alerts: { silence: { enabled: false } } },
    { teamsWebhookUrl: "teams" },
    { teamsHost: "prod.logic.azure.com" },
  ])("is refused with %j", (wrong) => {
    expect(organizationChange.safeParse(wrong).success).toBe(false);
  });
});

it("takes no address that could not be stored", () => {
  for (const [name, start] of [
    ["environmentUrl", "https://contoso.crm4.dynamics.com/"],
    ["teamsWebhookUrl", "https://prod.logic.azure.com/"],
  ] as const) {
    expect(organizationChange.safeParse({ [name]: start.padEnd(2_000, "a") }).success).toBe(true);
    const { error } = organizationChange.safeParse({ [name]: start.padEnd(2_001, "a") });
    expect(error?.issues).toMatchObject([{ message: "An address can have at most 2000 characters." }]);
  }
});

describe("a new key", () => {
  it("needs nothing, and may end at a time in any form of ISO 8601", () => {
    expect(newKey.parse({})).toEqual({ name: "Webhook key" });
    for (const expiresAt of ["2026-02-01T00:00:00Z", "2026-02-01T00:00:00.000Z", "2026-02-01T02:00:00+02:00"])
      expect(newKey.parse({ expiresAt })).toMatchObject({ expiresAt });
    expect(newKey.safeParse({ expiresAt: "tomorrow" }).success).toBe(false);
  });
});
