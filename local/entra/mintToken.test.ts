import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalJWKSet, decodeJwt, jwtVerify, type JWTPayload } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadKeys } from "./keys.ts";
import { mintToken, type MintOverrides, type MintTarget } from "./mintToken.ts";
import { SAMPLE_PEOPLE } from "./people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_TENANT_ID } from "./sample.ts";

let folder: string;
let target: MintTarget;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mint-"));
  target = {
    entraUrl: "http://localhost:9801",
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    keyFile: join(folder, "keys.json"),
  };
});
afterAll(() => rm(folder, { recursive: true }));

const mint = (overrides?: MintOverrides) => mintToken(target, SAMPLE_PEOPLE[0]!, overrides);

/** Checks a token as the API does. */
async function verify(token: string): Promise<JWTPayload> {
  const { publicJwk } = await loadKeys(target.keyFile);
  const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [publicJwk] }), {
    issuer: `${target.entraUrl}/${SAMPLE_TENANT_ID}/v2.0`,
    audience: SAMPLE_CLIENT_ID,
    algorithms: ["RS256"],
  });
  return payload;
}

it("makes a good token when nothing is overridden", async () => {
  expect(await verify(await mint())).toMatchObject({ name: "Grace Global", roles: ["Platform.Admin"] });
});

it.each<[string, MintOverrides, string]>([
  ["expired", { claims: { exp: 1 } }, "ERR_JWT_EXPIRED"],
  ["for another audience", { claims: { aud: "someone-else" } }, "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["of another issuer", { claims: { iss: "https://attacker.example" } }, "ERR_JWT_CLAIM_VALIDATION_FAILED"],
  ["signed by another key", { signedBy: "stranger" }, "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"],
  ["unsigned", { signedBy: "none" }, "ERR_JOSE_ALG_NOT_ALLOWED"],
])("makes a token that is %s and fails verification", async (_, overrides, code) => {
  await expect(verify(await mint(overrides))).rejects.toMatchObject({ code });
});

it("leaves a claim out on request", async () => {
  expect(decodeJwt(await mint({ claims: { roles: undefined } }))).not.toHaveProperty("roles");
});
