import { describe, expect, it } from "vitest";
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
      keys: [],
    });
  });
});

describe("what the API shows", () => {
  it("has the shape of the contract", () => {
    expect(contract.parse(presentOrganization(stored))).toEqual(presentOrganization(stored));
    expect(presentOrganization(stored)).toMatchObject({ createdAt: "2026-01-01T00:00:00.000Z" });
  });

  it("has nothing of a key but its name and times", () => {
    expect(presentOrganization(stored).keys).toEqual([
      { keyId: "k1", name: "Main", createdAt: "2026-01-02T00:00:00.000Z", expiresAt: null },
    ]);
    expect(JSON.stringify(presentOrganization(stored))).not.toContain("a".repeat(64));
  });
});
