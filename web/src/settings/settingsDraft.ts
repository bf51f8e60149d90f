import { checkAddress, checkGuid, checkName, checkNumber, optional } from "./checks.ts";
import type { Organization, OrganizationChange } from "../../../functions/contracts/organizations.ts";

/** The settings as a form holds them. */
export interface SettingsDraft {
  name: string;
  dynamicsOrganizationId: string;
  environmentUrl: string;
  environmentTenantId: string;
  adminGroupId: string;
  silenceHours: string;
  retentionDays: string;
}

/** The settings that decide whose data an organization sees: only global administrators change them. */
export const bindings = [
  "name",
  "dynamicsOrganizationId",
  "environmentUrl",
  "environmentTenantId",
  "adminGroupId",
] as const satisfies (keyof SettingsDraft)[];

export const settingLabels: Record<keyof SettingsDraft, string> = {
  name: "Name",
  dynamicsOrganizationId: "Dynamics organization id",
  environmentUrl: "Address of the Dynamics environment",
  environmentTenantId: "Entra tenant of the environment",
  adminGroupId: "Entra group of the administrators",
  silenceHours: "Warn after so many hours without an event",
  retentionDays: "Keep events for so many days",
};

export const settingChecks = {
  name: checkName,
  dynamicsOrganizationId: checkGuid,
  environmentUrl: optional(checkAddress),
  environmentTenantId: optional(checkGuid),
  adminGroupId: optional(checkGuid),
  silenceHours: checkNumber(1, 720),
  retentionDays: checkNumber(7, 400),
};

/** The stored settings as the form shows them. */
export function toDraft(organization: Organization): SettingsDraft {
  return {
    name: organization.name,
    dynamicsOrganizationId: organization.dynamicsOrganizationId,
    environmentUrl: organization.environmentUrl ?? "",
    environmentTenantId: organization.environmentTenantId ?? "",
    adminGroupId: organization.adminGroupId ?? "",
    silenceHours: String(organization.silenceHours),
    retentionDays: String(organization.retentionDays),
  };
}

/** What has to be sent for what was typed: an emptied field becomes null, what was not touched is left out. */
export function changeOf(edits: Partial<SettingsDraft>): OrganizationChange {
  const { name, dynamicsOrganizationId, silenceHours, retentionDays, ...emptied } = edits;
  return {
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(dynamicsOrganizationId === undefined
      ? {}
      : { dynamicsOrganizationId: dynamicsOrganizationId.trim() }),
    ...Object.fromEntries(Object.entries(emptied).map(([field, value]) => [field, value.trim() || null])),
    ...(silenceHours === undefined ? {} : { silenceHours: Number(silenceHours) }),
    ...(retentionDays === undefined ? {} : { retentionDays: Number(retentionDays) }),
  };
}
