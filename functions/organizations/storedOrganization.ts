import type { Organization } from "../contracts/organizations.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Row, StoredRow } from "../platform/storage/table.ts";

/** A webhook key as it is kept: its value is known only as SHA-256. Times are milliseconds since 1970 UTC. */
export interface StoredKey {
  keyId: string;
  name: string;
  sha256: string;
  createdAt: number;
  expiresAt: number | null;
}

/** An organization as it is kept in table `Organizations`. */
export interface StoredOrganization {
  id: string;
  name: string;
  dynamicsOrganizationId: string;
  environmentUrl: string | null;
  environmentTenantId: string | null;
  adminGroupId: string | null;
  silenceHours: number;
  state: "active" | "paused";
  createdAt: number;
  keys: StoredKey[];
  etag: string;
}

/** All organizations share a partition: the whole directory is one range read. */
export const organizationPartition = "organization";

export function toRow(organization: Omit<StoredOrganization, "etag">): Row {
  const { id, keys, ...settings } = organization;
  return { partitionKey: organizationPartition, rowKey: id, ...settings, keys: JSON.stringify(keys) };
}

export function fromRow(row: StoredRow): StoredOrganization {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
  return {
    id: row.rowKey,
    name: text("name") ?? row.rowKey,
    dynamicsOrganizationId: text("dynamicsOrganizationId") ?? "",
    environmentUrl: text("environmentUrl"),
    environmentTenantId: text("environmentTenantId"),
    adminGroupId: text("adminGroupId"),
    silenceHours: Number(row.silenceHours),
    state: row.state === "paused" ? "paused" : "active",
    createdAt: Number(row.createdAt),
    keys: JSON.parse(text("keys") ?? "[]") as StoredKey[],
    etag: row.etag,
  };
}

/** What the API shows of an organization: an explicit list, so that no stored property slips out. */
export function presentOrganization(organization: StoredOrganization): Organization {
  return {
    id: organization.id,
    name: organization.name,
    dynamicsOrganizationId: organization.dynamicsOrganizationId,
    environmentUrl: organization.environmentUrl,
    environmentTenantId: organization.environmentTenantId,
    adminGroupId: organization.adminGroupId,
    silenceHours: organization.silenceHours,
    state: organization.state,
    createdAt: toInstant(organization.createdAt),
    keys: organization.keys.map((key) => ({
      keyId: key.keyId,
      name: key.name,
      createdAt: toInstant(key.createdAt),
      expiresAt: toInstantOrNull(key.expiresAt),
    })),
  };
}
