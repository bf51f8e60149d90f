import type { routes } from "../contracts/routes.ts";
import { maySee, requireOrganization, requirePermission } from "../identity/caller.ts";
import type { Call, Reply } from "../identity/route.ts";
import type { Changed } from "../platform/storage/changeRow.ts";
import type { AuditServices } from "./auditApi.ts";
import type { KeyUse, LastUsed } from "./keyUse.ts";
import { firstSettings, settingChanges } from "./settingChanges.ts";
import type { OrganizationStore } from "./store.ts";
import { presentOrganization } from "./storedOrganization.ts";
import type { StoredOrganization } from "./storedOrganization.ts";
import type { TeamsAddresses } from "./teamsAddress.ts";

export interface OrganizationServices extends AuditServices, TeamsAddresses {
  organizations: OrganizationStore;
  keyUse: KeyUse;
}

type Routes = typeof routes;

export async function getMe(
  services: OrganizationServices,
  { caller }: Call<Routes["getMe"]>,
): Promise<Reply<Routes["getMe"]>> {
  const organizations = (await services.directory.all()).filter((organization) =>
    maySee(caller, organization),
  );
  const { name, signInName, roles } = caller;
  return {
    body: {
      name,
      signInName,
      roles,
      organizations: organizations.map(({ id, name: label }) => ({ id, name: label })),
    },
  };
}

export async function listOrganizations(
  services: OrganizationServices,
  { caller }: Call<Routes["listOrganizations"]>,
): Promise<Reply<Routes["listOrganizations"]>> {
  const [organizations, lastUsed] = await Promise.all([
    services.organizations.list(),
    services.keyUse.lastUsedOfAll(),
  ]);
  const visible = organizations.filter((organization) => maySee(caller, organization));
  return {
    body: { items: visible.map((one) => presentOrganization(one, lastUsed.get(one.id) ?? neverUsed)) },
  };
}

export async function createOrganization(
  services: OrganizationServices,
  { caller, body }: Call<Routes["createOrganization"]>,
): Promise<Reply<Routes["createOrganization"]>> {
  const organization = await services.organizations.create(body);
  services.directory.forget();
  const { id } = organization;
  await services.audit.record(id, caller, "organization.created", null, firstSettings(organization));
  return organizationReply(organization, neverUsed);
}

export async function getOrganization(
  services: OrganizationServices,
  { caller, params }: Call<Routes["getOrganization"]>,
): Promise<Reply<Routes["getOrganization"]>> {
  const [organization, lastUsed] = await Promise.all([
    services.organizations.get(params.id),
    services.keyUse.lastUsed(params.id),
  ]);
  return organizationReply(requireOrganization(caller, organization), lastUsed);
}

/** Settings that decide whose data an organization sees belong to global administrators. */
const bindings = [
  "name",
  "dynamicsOrganizationId",
  "environmentUrl",
  "environmentTenantId",
  "adminGroupId",
] as const;

export async function changeOrganization(
  services: OrganizationServices,
  { caller, params, body, ifMatch }: Call<Routes["changeOrganization"]>,
): Promise<Reply<Routes["changeOrganization"]>> {
  if (bindings.some((name) => body[name] !== undefined))
    requirePermission(caller, "organization.changeBinding");
  const { id } = params;
  const { teamsWebhookUrl, ...settings } = body;
  const teams =
    typeof teamsWebhookUrl === "string" ? services.sealTeamsAddress(id, teamsWebhookUrl) : teamsWebhookUrl;
  // Read before the change: when it fails, nothing was changed.
  const lastUsed = await services.keyUse.lastUsed(id);
  const changed = await services.organizations.change(id, ifMatch ?? "", { ...settings, teams });
  services.directory.forget();
  const changes = settingChanges(changed.before, changed.after, hasSameTeamsAddress(services, changed));
  if (changes.length > 0) await services.audit.record(id, caller, "settings.changed", null, changes);
  return organizationReply(changed.after, lastUsed);
}

/** An address is sealed into another text each time. One that cannot be opened any more was certainly replaced. */
function hasSameTeamsAddress(
  services: OrganizationServices,
  { before, after }: Changed<StoredOrganization>,
): boolean {
  if (before.teams?.sealed === after.teams?.sealed) return true;
  try {
    return services.teamsAddressOf(before) === services.teamsAddressOf(after);
  } catch {
    return false;
  }
}

export async function createKey(
  services: OrganizationServices,
  { caller, params, body }: Call<Routes["createKey"]>,
): Promise<Reply<Routes["createKey"]>> {
  const key = await services.organizations.addKey(params.id, body);
  services.directory.forget();
  await services.audit.record(params.id, caller, "key.created", key.name, [
    { field: "Key id", old: null, new: key.keyId },
    { field: "Expires", old: null, new: key.expiresAt ?? "never" },
  ]);
  return { body: key };
}

export async function revokeKey(
  services: OrganizationServices,
  { caller, params }: Call<Routes["revokeKey"]>,
): Promise<Reply<Routes["revokeKey"]>> {
  const { name, keyId } = await services.organizations.revokeKey(params.id, params.keyId);
  services.directory.forget();
  await services.keyUse.forget(params.id, keyId);
  await services.audit.record(params.id, caller, "key.revoked", name, [
    { field: "Key id", old: keyId, new: null },
  ]);
  return { body: undefined };
}

const neverUsed: LastUsed = new Map();

/** An organization as the API answers it, with the version that guards the next change. */
export function organizationReply(organization: StoredOrganization, lastUsed: LastUsed) {
  return { body: presentOrganization(organization, lastUsed), headers: { etag: organization.etag } };
}
