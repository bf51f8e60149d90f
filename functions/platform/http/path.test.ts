import { describe, expect, it } from "vitest";
import { pathParameters } from "./path.ts";

const template = "organizations/{id}/portal/events/{eventId}";

describe("parameters of a path", () => {
  it("come from the address, whatever the prefix is", () => {
    const address = "https://host/api/organizations/contoso/portal/events/abc";
    expect(pathParameters(template, address)).toEqual({ id: "contoso", eventId: "abc" });
    expect(pathParameters("{id}", "https://host/contoso")).toEqual({ id: "contoso" });
  });

  it("cannot be overwritten by the query", () => {
    const address = "https://host/api/organizations/contoso/portal/events/abc?id=fabrikam";
    expect(pathParameters(template, address)).toMatchObject({ id: "contoso" });
  });

  it("are decoded, and damaged escapes stay as they are", () => {
    expect(pathParameters("keys/{key}", "https://host/keys/a%20b%2Fc")).toEqual({ key: "a b/c" });
    expect(pathParameters("keys/{key}", "https://host/keys/%E0%A4%A")).toEqual({ key: "%E0%A4%A" });
  });

  it("are found behind a slash at the end too", () => {
    expect(pathParameters("keys/{key}", "https://host/api/keys/one/")).toEqual({ key: "one" });
  });

  it("are none for a path without any", () => {
    expect(pathParameters("me", "https://host/api/me")).toEqual({});
  });
});
