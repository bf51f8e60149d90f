import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig, parseConfig } from "./portalConfig.ts";

const valid = {
  clientId: "11111111-1111-1111-1111-111111111111",
  tenantId: "22222222-2222-2222-2222-222222222222",
  apiBaseUrl: "https://sync.example.org/api/",
  scope: "api://portal-sync/access",
};
const metadata = (base: string) => ({
  issuer: base,
  authorization_endpoint: `${base}/authorize`,
  token_endpoint: `${base}/token`,
  jwks_uri: `${base}/keys`,
});

describe("parseConfig", () => {
  it("takes a complete configuration and drops the slash at the end of the API's address", () => {
    expect(parseConfig(valid)).toEqual({
      ...valid,
      apiBaseUrl: "https://sync.example.org/api",
      authorityMetadata: null,
    });
  });

  it("names every setting that is missing", () => {
    expect(() => parseConfig({ clientId: " " })).toThrow(/clientId.*tenantId.*apiBaseUrl.*scope/);
  });

  it("takes sign-in metadata as an object or as text", () => {
    const local = metadata("http://localhost:9801/t");
    expect(parseConfig({ ...valid, authorityMetadata: local }).authorityMetadata).toBe(JSON.stringify(local));
    expect(parseConfig({ ...valid, authorityMetadata: JSON.stringify(local) }).authorityMetadata).toBe(
      JSON.stringify(local),
    );
  });

  it("refuses a sign-in or API address that is plain http on another machine", () => {
    expect(() => parseConfig({ ...valid, authorityMetadata: metadata("http://evil.example") })).toThrow(
      /token_endpoint.*https/,
    );
    expect(() => parseConfig({ ...valid, apiBaseUrl: "http://sync.example.org/api" })).toThrow(/apiBaseUrl/);
  });

  it("refuses metadata that is not an object", () => {
    expect(() => parseConfig({ ...valid, authorityMetadata: "[1]" })).toThrow(/not a JSON object/);
  });
});

describe("loadConfig", () => {
  it("says what the server answered when the file is missing", async () => {
    await expect(loadConfig(async () => new Response("", { status: 404 }))).rejects.toThrow(/404/);
  });

  it("says so when a page came instead of JSON", async () => {
    await expect(loadConfig(async () => new Response("<!doctype html>"))).rejects.toBeInstanceOf(ConfigError);
  });

  it("says so when the server cannot be reached", async () => {
    await expect(loadConfig(() => Promise.reject(new TypeError("offline")))).rejects.toThrow(
      /could not be loaded/,
    );
  });
});
