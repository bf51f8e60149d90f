import type { Role } from "../contracts/me.ts";

/** Everything a caller can do through the API. */
export type Action =
  | "me.read"
  | "description.read"
  | "organizations.list"
  | "organizations.create"
  | "organization.read"
  | "organization.change"
  | "organization.changeBinding"
  | "portal.read"
  | "portal.manageKeys"
  | "portal.change"
  | "portal.replay"
  | "portal.export"
  | "portal.showPayload"
  | "audit.read"
  | "platform.read";

/** `anyone` needs no token; otherwise the roles that may do it. An organization administrator is further held to their own organizations. */
type Permission = "anyone" | readonly Role[];

const both: Permission = ["Platform.Admin", "Organization.Admin"];
const platformOnly: Permission = ["Platform.Admin"];

/** The one table that says which role may do what; every route goes through it. */
export const policy: Record<Action, Permission> = {
  "description.read": "anyone",
  "me.read": both,
  "organizations.list": both,
  "organizations.create": platformOnly,
  "organization.read": both,
  "organization.change": both,
  /** Settings that decide whose data an organization sees: its environment and its administrators' group. */
  "organization.changeBinding": platformOnly,
  "portal.read": both,
  "portal.manageKeys": both,
  "portal.change": both,
  "portal.replay": both,
  "portal.export": both,
  /** Personal data in a payload, without the mask. */
  "portal.showPayload": both,
  "audit.read": both,
  "platform.read": platformOnly,
};
