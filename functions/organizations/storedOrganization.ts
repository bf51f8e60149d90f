import { alertSettings, defaultAlertSettings } from "../contracts/alerts.ts";
import type { AlertSettings } from "../contracts/alerts.ts";
import type { Organization } from "../contracts/organizations.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Row, StoredRow } from "../platform/storage/table.ts";
import type { LastUsed } from "./keyUse.ts";

/** A webhook key as it is kept: its value is known only as SHA-256. Times are milliseconds since 1970 UTC. */
export interface StoredKey {
  keyId: string;
  name: string;
  sha256: string;
  createdAt: number;
  expiresAt: number | null;
}

/** The organization's own Teams channel: its address is sealed, its host is not. */
export interface StoredTeams {
  host: string;
  sealed: string;
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
  /** How long events, their payloads and rejections are kept. */
  retentionDays: number;
  alerts: AlertSettings;
  teams: StoredTeams | null;
  state: "active" | "paused";
  createdAt: number;
  keys: StoredKey[];
  etag: string;
}

/** What an organization has until an administrator decides otherwise, and what a row of an older version reads as. */
export const defaultSettings = {
  silenceHours: 24,
  retentionDays: 90,
  alerts: defaultAlertSettings,
  teams: null,
} satisfies Partial<StoredOrganization>;

/** All organizations share a partition: the whole directory is one range read. */
export const organizationPartition = "organization";

export function toRow(organization: Omit<StoredOrganization, "etag">): Row {
  const { id, keys, alerts, teams, ...settings } = organization;
  return {
    partitionKey: organizationPartition,
    rowKey: id,
    ...settings,
    alerts: JSON.stringify(alerts),
    teamsHost: teams?.host ?? null,
    teamsSealed: teams?.sealed ?? null,
    keys: JSON.stringify(keys),
  };
}

export function fromRow(row: StoredRow): StoredOrganization {
  const text = (name: string) => (typeof row[name] === "string" ? row[name] : null);
  const [host, sealed] = [text("teamsHost"), text("teamsSealed")];
  return {
    id: row.rowKey,
    name: text("name") ?? row.rowKey,
    dynamicsOrganizationId: text("dynamicsOrganizationId") ?? "",
    environmentUrl: text("environmentUrl"),
    environmentTenantId: text("environmentTenantId"),
    adminGroupId: text("adminGroupId"),
    silenceHours: Number(row.silenceHours ?? defaultSettings.silenceHours),
    retentionDays: Number(row.retentionDays ?? defaultSettings.retentionDays),
    alerts: readAlerts(text("alerts")),
    teams: host !== null && sealed !== null ? { host, sealed } : null,
    state: row.state === "paused" ? "paused" : "active",
    createdAt: Number(row.createdAt),
    keys: JSON.parse(text("keys") ?? "[]") as StoredKey[],
    etag: row.etag,
  };
}

/** Rules that came later than the row have their defaults. */
function readAlerts(json: string | null): AlertSettings {
  const stored = JSON.parse(json ?? "{}") as Partial<AlertSettings>;
  return alertSettings.catch(defaultSettings.alerts).parse({ ...defaultSettings.alerts, ...stored });
}

/** What the API shows of an organization: an explicit list, so that no stored property slips out. */
export function presentOrganization(organization: StoredOrganization, lastUsed: LastUsed): Organization {
  return {
    id: organization.id,
    name: organization.name,
    dynamicsOrganizationId: organization.dynamicsOrganizationId,
    environmentUrl: organization.environmentUrl,
    environmentTenantId: organization.environmentTenantId,
    adminGroupId: organization.adminGroupId,
    silenceHours: organization.silenceHours,
    state: organization.state,
    retentionDays: organization.retentionDays,
    alerts: organization.alerts,
    teamsHost: organization.teams?.host ?? null,
    createdAt: toInstant(organization.createdAt),
    keys: organization.keys.map((key) => ({
      keyId: key.keyId,
      name: key.name,
      createdAt: toInstant(key.createdAt),
      expiresAt: toInstantOrNull(key.expiresAt),
      lastUsedAt: toInstantOrNull(lastUsed.get(key.keyId) ?? null),
    })),
  };
}
