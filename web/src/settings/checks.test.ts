import { describe, expect, it } from "vitest";
import { organizationId } from "../../../functions/contracts/common.ts";
import {
  checkAddress,
  checkGuid,
  checkName,
  checkNumber,
  checkOrganizationId,
  faultsOf,
  optional,
  suggestId,
} from "./checks.ts";

describe("suggestId", () => {
  it.each([
    ["Contoso Association", "contoso-association"],
    ["  Bund für Straßenbau e. V. ", "bund-fur-strassenbau-e-v"],
    ["100 % Ärzte", "100-arzte"],
    ["A very long name of an association that goes on and on", "a-very-long-name-of-an-association-that"],
    ["日本", ""],
  ])("makes of %j the id %j", (name, id) => {
    expect(suggestId(name)).toBe(id);
    if (id !== "") expect(organizationId.safeParse(id).success).toBe(true);
  });
});

describe("checks", () => {
  it.each([
    ["a name", checkName, "Contoso", " "],
    ["an id", checkOrganizationId, "contoso-2", "-Contoso"],
    ["a GUID", checkGuid, " C0A7D1E5-0b3c-4f68-9d21-5e8f7a6b4c11", "c0a7d1e5"],
    ["an address", checkAddress, "https://contoso.crm4.dynamics.com", "contoso.crm4.dynamics.com"],
    ["a number", checkNumber(1, 720), "24", "0"],
    ["a whole number", checkNumber(1, 720), "720", "1.5"],
    ["a number that is there", checkNumber(0, 9), "0", ""],
  ])("tell %s from what is none", (_, check, good, bad) => {
    expect(check(good)).toBeNull();
    expect(check(bad)).toEqual(expect.any(String));
  });

  it("let an empty value pass where it is optional", () => {
    expect(optional(checkGuid)("")).toBeNull();
    expect(optional(checkGuid)("x")).toEqual(expect.any(String));
  });

  it("name only the fields that are wrong", () => {
    const checks = { hours: checkNumber(1, 5), name: checkName };
    expect(faultsOf({ hours: "9", name: "x" }, checks)).toEqual({
      hours: "Use a whole number from 1 to 5.",
    });
  });
});
