import { expect, it } from "vitest";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import { policy } from "./policy.ts";

const allowedTo = (role: "Platform.Admin" | "Organization.Admin") =>
  Object.entries(policy).flatMap(([action, permission]) =>
    permission !== "anyone" && permission.includes(role) ? [action] : [],
  );

it("lets a global administrator do everything", () => {
  const guarded = Object.entries(policy).filter(([, permission]) => permission !== "anyone");
  expect(allowedTo("Platform.Admin")).toHaveLength(guarded.length);
});

it("keeps from organization administrators what is the platform's or decides whose data they see", () => {
  const own = allowedTo("Organization.Admin");
  for (const action of ["organizations.create", "organization.changeBinding", "platform.read"])
    expect(own).not.toContain(action);
  expect(own).toContain("portal.read");
});

it("sends to the environment's address only those who may enter it", () => {
  expect(allowedTo("Organization.Admin")).not.toContain("organization.changeBinding");
  expect(outcomeCatalogue["dynamics.notConfigured"].owner).toBe("Global administrator");
});

it("asks for no token for the description of the API alone", () => {
  expect(Object.keys(policy).filter((action) => policy[action as keyof typeof policy] === "anyone")).toEqual([
    "description.read",
  ]);
});
