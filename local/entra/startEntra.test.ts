import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterEach, beforeEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "./people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_DATAVERSE_APP, SAMPLE_TENANT_ID } from "./sample.ts";
import { signIn } from "./signIn.ts";
import { startEntra, type RunningEntra } from "./startEntra.ts";

const running: RunningEntra[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "entra-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((entra) => entra.close()));
  await rm(folder, { recursive: true });
});

async function start(port = 0): Promise<RunningEntra> {
  const entra = await startEntra({
    port,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    people: SAMPLE_PEOPLE,
    apps: [SAMPLE_DATAVERSE_APP],
    keyFile: join(folder, "state", "entra-keys.json"),
  });
  running.push(entra);
  return entra;
}

function targetOf(entra: RunningEntra) {
  return {
    entraUrl: entra.url,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    portalUrl: "http://localhost:5173",
  };
}

it("gives tokens that jose verifies against the published keys", async () => {
  const entra = await start();
  const { accessToken, idToken } = await signIn(targetOf(entra), "contoso-admin");
  const keys = createRemoteJWKSet(new URL(entra.authorityMetadata.jwks_uri));
  const expected = { issuer: entra.issuer, audience: SAMPLE_CLIENT_ID, algorithms: ["RS256"] };
  const access = await jwtVerify(accessToken, keys, expected);
  expect(access.payload["roles"]).toEqual(["Organization.Admin"]);
  await jwtVerify(idToken, keys, expected);
});

it("publishes the endpoints that it serves, and no private key", async () => {
  const entra = await start();
  const discovery = await fetch(`${entra.url}/${SAMPLE_TENANT_ID}/v2.0/.well-known/openid-configuration`);
  expect(await discovery.json()).toMatchObject(entra.authorityMetadata);
  const { keys } = (await (await fetch(entra.authorityMetadata.jwks_uri)).json()) as { keys: object[] };
  expect(keys).toHaveLength(1);
  expect(keys[0]).not.toHaveProperty("d");
});

it("gives msal-node a token for the app's own calls", async () => {
  const entra = await start();
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: SAMPLE_DATAVERSE_APP.clientId,
      clientSecret: SAMPLE_DATAVERSE_APP.secret,
      // A label: MSAL wants https here, and then talks to the endpoints of authorityMetadata alone.
      authority: `https://localhost:${entra.port}/${SAMPLE_TENANT_ID}`,
      knownAuthorities: [`localhost:${entra.port}`],
      authorityMetadata: JSON.stringify(entra.authorityMetadata),
    },
  });
  const scopes = ["https://contoso.crm4.dynamics.com/.default"];
  const result = await app.acquireTokenByClientCredential({ scopes });
  expect(decodeJwt(result!.accessToken).aud).toBe("https://contoso.crm4.dynamics.com");
});

it("honours the tokens and the refresh tokens of before a restart", async () => {
  const first = await start();
  const before = await signIn(targetOf(first), "fabrikam-admin");
  await running.pop()!.close();
  const second = await start(first.port);

  const keys = createRemoteJWKSet(new URL(second.authorityMetadata.jwks_uri));
  await jwtVerify(before.accessToken, keys, { issuer: second.issuer, audience: SAMPLE_CLIENT_ID });
  const refreshed = await fetch(second.authorityMetadata.token_endpoint, {
    method: "POST",
    headers: { origin: "http://localhost:5173" },
    body: new URLSearchParams({
      grant_type: "refresh_token",
      client_id: SAMPLE_CLIENT_ID,
      refresh_token: before.refreshToken,
    }),
  });
  expect(refreshed.status).toBe(200);
});

it("keeps its key file from other users of the machine", async () => {
  await start();
  const { mode } = await stat(join(folder, "state", "entra-keys.json"));
  expect(mode & 0o077).toBe(0);
});

it("says what to do about a damaged key file", async () => {
  const keyFile = join(folder, "keys.json");
  await writeFile(keyFile, '{"signing":');
  const started = startEntra({ port: 0, tenantId: "t", clientId: "c", people: [], apps: [], keyFile });
  await expect(started).rejects.toThrow(/keys\.json does not hold the sign-in keys\. Delete it/);
});

it("rejects when the port is taken", async () => {
  const entra = await start();
  await expect(start(entra.port)).rejects.toThrow("EADDRINUSE");
});
