import { ApiProblem } from "../platform/http/problem.ts";
import { policy } from "./policy.ts";
import type { Action } from "./policy.ts";
import type { Role } from "../contracts/me.ts";

/** Who calls, as the validated token says. */
export interface Caller {
  id: string;
  name: string;
  signInName: string | null;
  roles: Role[];
  /** Object ids of the caller's Entra groups. */
  groups: string[];
}

/** The part of an organization that decides who may see it. */
interface Owned {
  adminGroupId: string | null;
}

function isGlobalAdministrator(caller: Caller): boolean {
  return caller.roles.includes("Platform.Admin");
}

/** Whether an organization is among the caller's. */
export function maySee(caller: Caller, organization: Owned): boolean {
  if (isGlobalAdministrator(caller)) return true;
  const { adminGroupId } = organization;
  return (
    caller.roles.includes("Organization.Admin") &&
    adminGroupId !== null &&
    caller.groups.includes(adminGroupId)
  );
}

/** Throws 403 unless one of the caller's roles may do this. */
export function requirePermission(caller: Caller, action: Action): void {
  const permission = policy[action];
  if (permission === "anyone" || permission.some((role) => caller.roles.includes(role))) return;
  throw new ApiProblem(
    403,
    "role.missing",
    "Your role does not allow this",
    `This needs the role ${permission.join(" or ")}. Roles are assigned in Entra under Enterprise applications > Portal Sync > Users and groups.`,
  );
}

/**
 * Throws unless the organization is one of the caller's. To an organization administrator one that does not
 * exist looks like one that is not theirs.
 */
export function requireOrganization<T extends Owned>(caller: Caller, organization: T | null): T {
  if (organization && maySee(caller, organization)) return organization;
  if (isGlobalAdministrator(caller))
    throw new ApiProblem(
      404,
      "organization.notFound",
      "No such organization",
      "There is no organization with this id.",
    );
  throw new ApiProblem(
    403,
    "organization.notYours",
    "Not your organization",
    "You are not an administrator of this organization. Its administrators are the members of its Entra group.",
  );
}
