import { describe, expect, it } from "vitest";
import { defaultAlertSettings } from "../contracts/alerts.ts";
import { organization as contract } from "../contracts/organizations.ts";
import { fromRow, presentOrganization, toRow } from "./storedOrganization.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

const stored: StoredOrganization = {
  id: "contoso",
  name: "Contoso Association",
  dynamicsOrganizationId: "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
  environmentUrl: "https://contoso.crm4.dynamics.com",
  environmentTenantId: null,
  adminGroupId: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
  silenceHours: 24,
  retentionDays: 30,
  alerts: { ...defaultAlertSettings, queueAge: { enabled: false, minutes: 5 } },
  teams: { host: "prod.logic.azure.com", sealed: "1.sealed" },
  state: "active",
  createdAt: Date.UTC(2026, 0, 1),
  keys: [
    { keyId: "k1", name: "Main", sha256: "a".repeat(64), createdAt: Date.UTC(2026, 0, 2), expiresAt: null },
  ],
  etag: 'W/"1"',
};

describe("a row", () => {
  it("holds all of an organization", () => {
    const { etag, ...content } = stored;
    expect(fromRow({ ...toRow(content), etag })).toEqual(stored);
  });

  it("that an older version wrote, without the newer properties, can be read", () => {
    const row = {
      partitionKey: "organization",
      rowKey: "old",
      silenceHours: 24,
      createdAt: 0,
      etag: 'W/"1"',
    };
    expect(fromRow(row)).toMatchObject({
      id: "old",
      name: "old",
      adminGroupId: null,
      state: "active",
      retentionDays: 90,
      alerts: defaultAlertSettings,
      teams: null,
      keys: [],
    });
  });

  it("of alert settings that lack a rule has the default of that rule", () => {
    const { etag, ...content } = stored;
    const { keyExpiry: _later, ...alerts } = stored.alerts;
    const row = { ...toRow(content), alerts: JSON.stringify(alerts), etag };
    expect(fromRow(row).alerts).toEqual({ ...stored.alerts, keyExpiry: defaultAlertSettings.keyExpiry });
  });
});

describe("what the API shows", () => {
  const shown = presentOrganization(stored, new Map([["k1", Date.UTC(2026, 0, 3)]]));

  it("has the shape of the contract", () => {
    expect(contract.parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({ createdAt: "2026-01-01T00:00:00.000Z", retentionDays: 30 });
  });

  it("has nothing of a key but its name and times", () => {
    const key = { keyId: "k1", name: "Main", createdAt: "2026-01-02T00:00:00.000Z", expiresAt: null };
    expect(shown.keys).toEqual([{ ...key, lastUsedAt: "2026-01-03T00:00:00.000Z" }]);
    expect(presentOrganization(stored, new Map()).keys).toEqual([{ ...key, lastUsedAt: null }]);
    expect(JSON.stringify(shown)).not.toContain("a".repeat(64));
  });

  it("has nothing of the Teams address but its host", () => {
    expect(shown.teamsHost).toBe("prod.logic.azure.com");
    expect(JSON.stringify(shown)).not.toContain("sealed");
  });
});
