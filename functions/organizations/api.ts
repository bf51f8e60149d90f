import type { routes } from "../contracts/routes.ts";
import { maySee, requireOrganization, requirePermission } from "../identity/caller.ts";
import type { Call, Reply, RouteServices } from "../identity/route.ts";
import type { OrganizationStore } from "./store.ts";
import { presentOrganization } from "./storedOrganization.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

export interface OrganizationServices extends RouteServices {
  organizations: OrganizationStore;
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
  const organizations = await services.organizations.list();
  return {
    body: {
      items: organizations.filter((organization) => maySee(caller, organization)).map(presentOrganization),
    },
  };
}

export async function createOrganization(
  services: OrganizationServices,
  { body }: Call<Routes["createOrganization"]>,
): Promise<Reply<Routes["createOrganization"]>> {
  const organization = await services.organizations.create(body);
  services.directory.forget();
  return versioned(organization);
}

export async function getOrganization(
  services: OrganizationServices,
  { caller, params }: Call<Routes["getOrganization"]>,
): Promise<Reply<Routes["getOrganization"]>> {
  return versioned(requireOrganization(caller, await services.organizations.get(params.id)));
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
  const changed = await services.organizations.change(params.id, ifMatch ?? "", body);
  services.directory.forget();
  return versioned(changed);
}

export async function createKey(
  services: OrganizationServices,
  { params, body }: Call<Routes["createKey"]>,
): Promise<Reply<Routes["createKey"]>> {
  const key = await services.organizations.addKey(params.id, body);
  services.directory.forget();
  return { body: key };
}

export async function revokeKey(
  services: OrganizationServices,
  { params }: Call<Routes["revokeKey"]>,
): Promise<Reply<Routes["revokeKey"]>> {
  await services.organizations.revokeKey(params.id, params.keyId);
  services.directory.forget();
  return { body: undefined };
}

function versioned(organization: StoredOrganization) {
  return { body: presentOrganization(organization), headers: { etag: organization.etag } };
}
