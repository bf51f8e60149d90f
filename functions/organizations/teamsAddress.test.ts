import { describe, expect, it } from "vitest";
import { createSeal } from "../platform/seal.ts";
import { createTeamsAddresses } from "./teamsAddress.ts";

const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
const { sealTeamsAddress, teamsAddressOf } = createTeamsAddresses(createSeal(key(1)), ["127.0.0.1"]);
const address =
  "https://default1.e5.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?api-version=1&sig=secret";

describe("an address", () => {
  it("is stored as its host and a sealed text, and opens for its organization", () => {
    const teams = sealTeamsAddress("contoso", address);
    expect(teams.host).toBe("default1.e5.environment.api.powerplatform.com");
    expect(JSON.stringify(teams)).not.toContain("sig=");
    expect(teamsAddressOf({ id: "contoso", teams })).toBe(address);
    expect(() => teamsAddressOf({ id: "fabrikam", teams })).toThrow("does not open");
    expect(teamsAddressOf({ id: "contoso", teams: null })).toBeNull();
  });

  it.each([
    "https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=s",
    "https://contoso.webhook.office.com/webhookb2/1",
    "http://127.0.0.1:4000/webhook/1",
  ])("may be %s", (good) => {
    expect(teamsAddressOf({ id: "contoso", teams: sealTeamsAddress("contoso", good) })).toBe(good);
  });

  it.each([
    "https://169.254.169.254/metadata/instance",
    "https://10.0.0.4/hook",
    "https://logic.azure.com.evil.example/workflows/1",
    "https://evil-logic.azure.com.example/workflows",
    "https://prod.logic.azure.com:8443/workflows/1",
    "http://prod.logic.azure.com/workflows/1",
    "https://prod.logic.azure.com@evil.example/",
    "https://user:word@prod.logic.azure.com/workflows/1",
    "no address",
  ])("may not be %s", (bad) => {
    expect(() => sealTeamsAddress("contoso", bad)).toThrow("Use the address that Teams Workflows shows");
  });
});

describe("without a key for secrets", () => {
  const without = createTeamsAddresses(null, []);

  it("is refused with what to do about it", () => {
    expect(() => without.sealTeamsAddress("contoso", address)).toThrow(
      expect.objectContaining({
        status: 409,
        code: "secrets.notConfigured",
        message: expect.stringContaining("SECRETS_KEY") as string,
      }) as Error,
    );
  });

  it("fails for an address that was stored before, and not for organizations that have none", () => {
    const teams = sealTeamsAddress("contoso", address);
    expect(() => without.teamsAddressOf({ id: "contoso", teams })).toThrow("SECRETS_KEY");
    expect(without.teamsAddressOf({ id: "contoso", teams: null })).toBeNull();
  });
});
