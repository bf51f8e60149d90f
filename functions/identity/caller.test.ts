import { describe, expect, it } from "vitest";
import type { Role } from "../contracts/me.ts";
import { maySee, requireOrganization, requirePermission } from "./caller.ts";
import type { Caller } from "./caller.ts";

const group = "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
const caller = (roles: Role[], groups: string[] = []): Caller => ({
  id: "1",
  name: "Carla",
  signInName: null,
  roles,
  groups,
});
const globalAdmin = caller(["Platform.Admin"]);
const admin = caller(["Organization.Admin"], [group]);
const nobody = caller([], [group]);
const own = { adminGroupId: group };
const other = { adminGroupId: "fab2e6d3-4c5d-4e79-8a32-6f9a8b7c5d12" };
const withoutGroup = { adminGroupId: null };

describe("seeing an organization", () => {
  it.each([
    ["a global administrator", globalAdmin, own, true],
    ["a global administrator", globalAdmin, withoutGroup, true],
    ["one of its administrators", admin, own, true],
    ["an administrator of another", admin, other, false],
    ["an administrator, when it has no group", admin, withoutGroup, false],
    ["a member of its group without the role", nobody, own, false],
    ["one with the role and no group", caller(["Organization.Admin"]), own, false],
  ])("%s", (_, who, organization, may) => {
    expect(maySee(who, organization)).toBe(may);
  });
});

describe("requiring an organization", () => {
  it("gives it to those who may see it", () => {
    expect(requireOrganization(admin, own)).toBe(own);
  });

  it("does not let an administrator tell one that is not theirs from one that does not exist", () => {
    const attempt = (organization: typeof own | null) => {
      try {
        return requireOrganization(admin, organization);
      } catch (error) {
        return error;
      }
    };
    expect(attempt(null)).toMatchObject({ status: 403, code: "organization.notYours" });
    expect(attempt(null)).toMatchObject({ message: (attempt(other) as Error).message });
  });

  it("tells a global administrator that there is none", () => {
    expect(() => requireOrganization(globalAdmin, null)).toThrow("There is no organization with this id.");
  });
});

describe("requiring a permission", () => {
  it("lets those through whose role has it, and names the role that is missing", () => {
    expect(() => requirePermission(globalAdmin, "organizations.create")).not.toThrow();
    expect(() => requirePermission(admin, "portal.read")).not.toThrow();
    expect(() => requirePermission(nobody, "description.read")).not.toThrow();
    expect(() => requirePermission(admin, "platform.read")).toThrow("This needs the role Platform.Admin.");
    expect(() => requirePermission(nobody, "me.read")).toThrow("Platform.Admin or Organization.Admin");
  });
});
