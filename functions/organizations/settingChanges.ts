import type { AlertSettings } from "../contracts/alerts.ts";
import type { AuditChange } from "../contracts/audit.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

interface Field {
  name: string;
  /** The value as a person would read it; null when there is none. */
  read: (organization: StoredOrganization) => string | null;
}

const own: Field[] = [
  { name: "Name", read: ({ name }) => name },
  { name: "Dynamics organization id", read: ({ dynamicsOrganizationId }) => dynamicsOrganizationId },
  { name: "Dynamics address", read: ({ environmentUrl }) => environmentUrl },
  { name: "Tenant of Dynamics", read: ({ environmentTenantId }) => environmentTenantId },
  { name: "Group of administrators", read: ({ adminGroupId }) => adminGroupId },
  { name: "Silence threshold", read: ({ silenceHours }) => count(silenceHours, "hour") },
  { name: "Events are kept for", read: ({ retentionDays }) => count(retentionDays, "day") },
];

const ofAlerts: Field[] = [
  alert("Alert for silence", ({ silence }) => onOrOff(silence)),
  alert("Alert for failed events", ({ errorRate }) => onOrOff(errorRate)),
  alert("Alert for failed events, share", ({ errorRate }) => `${errorRate.percent} %`),
  alert("Alert for failed events, at least", ({ errorRate }) => count(errorRate.events, "event")),
  alert("Alert for refused requests", ({ rejectionRate }) => onOrOff(rejectionRate)),
  alert("Alert for refused requests, share", ({ rejectionRate }) => `${rejectionRate.percent} %`),
  alert("Alert for refused requests, at least", ({ rejectionRate }) =>
    count(rejectionRate.requests, "request"),
  ),
  alert("Alert for waiting events", ({ queueAge }) => onOrOff(queueAge)),
  alert("Alert for waiting events, after", ({ queueAge }) => count(queueAge.minutes, "minute")),
  alert("Alert for expiring keys", ({ keyExpiry }) => onOrOff(keyExpiry)),
  alert("Alert for expiring keys, before", ({ keyExpiry }) => count(keyExpiry.days, "day")),
];

/**
 * What really changed between two versions of an organization, one entry for each field. The Teams address is a
 * secret: only its host is named, also where `hasSameTeamsAddress` says that another address of the host took its place.
 */
export function settingChanges(
  before: StoredOrganization,
  after: StoredOrganization,
  hasSameTeamsAddress: boolean,
): AuditChange[] {
  const changes = [...own, ...ofAlerts]
    .map(({ name, read }) => ({ field: name, old: read(before), new: read(after) }))
    .filter((change) => change.old !== change.new);
  if (hasSameTeamsAddress) return changes;
  const [old, now] = [before.teams?.host ?? null, after.teams?.host ?? null];
  return [...changes, { field: "Teams address", old, new: old === now ? `${now} (another address)` : now }];
}

/** What an organization began with. */
export function firstSettings(organization: StoredOrganization): AuditChange[] {
  return own.flatMap(({ name, read }) => {
    const value = read(organization);
    return value === null ? [] : [{ field: name, old: null, new: value }];
  });
}

function alert(name: string, read: (alerts: AlertSettings) => string): Field {
  return { name, read: ({ alerts }) => read(alerts) };
}

function onOrOff({ enabled }: { enabled: boolean }): string {
  return enabled ? "on" : "off";
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
