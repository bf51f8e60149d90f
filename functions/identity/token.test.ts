import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mintToken } from "../../local/entra/mintToken.ts";
import type { MintOverrides } from "../../local/entra/mintToken.ts";
import { SAMPLE_PEOPLE } from "../../local/entra/people.ts";
import type { Person } from "../../local/entra/people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_GROUPS, SAMPLE_TENANT_ID } from "../../local/entra/sample.ts";
import { startEntra } from "../../local/entra/startEntra.ts";
import type { RunningEntra } from "../../local/entra/startEntra.ts";
import type { Settings } from "../platform/settings.ts";
import { createAuthenticate } from "./token.ts";
import type { Authenticate } from "./token.ts";

let folder: string;
let entra: RunningEntra;
let authenticate: Authenticate;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portal-sync-"));
  entra = await startEntra({
    port: 0,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    people: SAMPLE_PEOPLE,
    apps: [],
    keyFile: join(folder, "keys.json"),
  });
  authenticate = createAuthenticate(settings());
});
afterAll(async () => {
  await entra.close();
  await rm(folder, { recursive: true });
});

function settings(jwksUri = entra.authorityMetadata.jwks_uri): Settings {
  return {
    ENTRA_TENANT_ID: SAMPLE_TENANT_ID,
    ENTRA_CLIENT_ID: SAMPLE_CLIENT_ID,
    ENTRA_ISSUER: entra.issuer,
    ENTRA_JWKS_URI: jwksUri,
  } as Settings;
}

function mint(overrides: MintOverrides = {}, signIn = "contoso-admin"): Promise<string> {
  const person = SAMPLE_PEOPLE.find((one) => one.signIn === signIn) as Person;
  const target = {
    entraUrl: entra.url,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    keyFile: join(folder, "keys.json"),
  };
  return mintToken(target, person, overrides);
}

const callerOf = async (token: Promise<string>) => authenticate(`Bearer ${await token}`);
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe("an honest token", () => {
  it("says who calls", async () => {
    expect(await callerOf(mint())).toEqual({
      id: "21d9a3b2-8c5e-4f6a-9b72-3e4f5a6b7c32",
      name: "Carla Contoso",
      signInName: "carla@contoso.example",
      roles: ["Organization.Admin"],
      groups: [SAMPLE_GROUPS.contoso],
    });
  });

  it("may carry no role: its owner is known and may do nothing", async () => {
    expect(await callerOf(mint({}, "no-role"))).toMatchObject({ roles: [], groups: [] });
  });

  it("may be for further scopes than the API's own", async () => {
    await expect(callerOf(mint({ claims: { scp: "other access_as_user" } }))).resolves.toBeDefined();
  });

  it("carries only roles that are known here", async () => {
    const roles = ["Some.Other", "Platform.Admin", 7];
    expect((await callerOf(mint({ claims: { roles } }))).roles).toEqual(["Platform.Admin"]);
  });

  it("names groups in whatever letters: they are compared in small ones", async () => {
    const groups = [SAMPLE_GROUPS.contoso.toUpperCase()];
    expect((await callerOf(mint({ claims: { groups } }))).groups).toEqual([SAMPLE_GROUPS.contoso]);
  });

  it("may come from a clock that is half a minute off, not more", async () => {
    const within = await mint({ claims: { exp: inSeconds(-10) } });
    await expect(authenticate(`Bearer ${within}`)).resolves.toBeDefined();
    const beyond = await mint({ claims: { exp: inSeconds(-35) } });
    await expect(authenticate(`Bearer ${beyond}`)).rejects.toMatchObject({ code: "token.expired" });
  });
});

describe("refusing", () => {
  it.each<[string, string, MintOverrides]>([
    ["an expired token", "token.expired", { claims: { exp: inSeconds(-3600) } }],
    ["a token of the future", "token.invalid", { claims: { nbf: inSeconds(3600) } }],
    ["a token without an end", "token.invalid", { claims: { exp: undefined } }],
    ["another audience", "token.invalid", { claims: { aud: "00000003-0000-0000-c000-000000000000" } }],
    ["another issuer", "token.invalid", { claims: { iss: "https://login.microsoftonline.com/common/v2.0" } }],
    ["alg none", "token.invalid", { signedBy: "none" }],
    ["another key under a known name", "token.invalid", { signedBy: "stranger" }],
    ["an id token", "token.invalid", { claims: { azp: undefined, azpacr: undefined, scp: undefined } }],
    ["a token without a scope", "token.invalid", { claims: { scp: undefined } }],
    ["a token for another scope", "token.invalid", { claims: { scp: "nonsense access_as_user2" } }],
    ["a scope that is no text", "token.invalid", { claims: { scp: ["access_as_user"] } }],
    [
      "an app's own token",
      "token.invalid",
      { claims: { scp: undefined, idtyp: "app", azpacr: "1", roles: ["Platform.Admin"] } },
    ],
  ])("refuses %s", async (_, code, overrides) => {
    await expect(callerOf(mint(overrides))).rejects.toMatchObject({
      status: 401,
      code,
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
    });
  });

  it.each([null, "", "Bearer", "Basic Zm9vOmJhcg==", "Bearer one two"])(
    "asks for a token when the header is %j",
    async (header) => {
      await expect(authenticate(header)).rejects.toMatchObject({ status: 401, code: "token.missing" });
    },
  );

  it("says which scope a token has to be for", async () => {
    await expect(callerOf(mint({ claims: { scp: undefined } }))).rejects.toThrow("access_as_user");
  });

  it("refuses a text that is no token", async () => {
    await expect(authenticate("Bearer abc.def.ghi")).rejects.toMatchObject({ code: "token.invalid" });
  });

  it("tells a person in too many groups what to change, for their organizations cannot be known", async () => {
    const claims = { groups: undefined, _claim_names: { groups: "src1" } };
    await expect(callerOf(mint({ claims }))).rejects.toMatchObject({ status: 403, code: "groups.overage" });
    const everywhere = { ...claims, roles: ["Platform.Admin"] };
    await expect(callerOf(mint({ claims: everywhere }))).resolves.toMatchObject({
      roles: ["Platform.Admin"],
    });
  });
});

describe("keys that cannot be fetched", () => {
  const answers = [
    ["an error", 500, ""],
    ["a page", 200, "<html>"],
    ["something else", 200, "{}"],
  ] as const;

  it.each(answers)("are no fault of the caller: %s", async (_, status, body) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const broken = createAuthenticate(settings(`http://127.0.0.1:${port}/keys`));
    await expect(broken(`Bearer ${await mint()}`)).rejects.toMatchObject({ status: 503 });
    server.close();
    server.closeAllConnections();
  });

  it("are no fault of the caller: nobody answers", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => {
      closed.listen(0, "127.0.0.1", resolve);
    });
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => {
      closed.close(resolve);
    });
    const broken = createAuthenticate(settings(`http://127.0.0.1:${port}/keys`));
    await expect(broken(`Bearer ${await mint()}`)).rejects.toMatchObject({ status: 503 });
  });
});
