import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, expect, it } from "vitest";
import { parseConfig } from "./config.ts";
import { tokenCheck } from "./tokenCheck.ts";

const { publicKey, privateKey } = await generateKeyPair("RS256");
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: "RS256", kid: "1" }] });
const server = createServer((_request, response) =>
  response.setHeader("content-type", "application/json").end(keys),
);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
afterAll(() => void server.close());
const address = server.address();
const jwksUri = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/keys`;

const ISSUER = "https://issuer.example.org/";
const ENVIRONMENT = "http://127.0.0.1:7090/contoso";
const authorize = tokenCheck({ issuer: ISSUER, jwksUri });
const token = (audience: string, issuer = ISSUER, expires = "1h") =>
  new SignJWT({})
    .setProtectedHeader({ alg: "RS256", kid: "1" })
    .setAudience(audience)
    .setIssuer(issuer)
    .setExpirationTime(expires)
    .sign(privateKey);

it("a token is good for the environment that it was issued for, with or without a slash", async () => {
  expect(await authorize(await token(ENVIRONMENT), ENVIRONMENT)).toBe(true);
  expect(await authorize(await token(`${ENVIRONMENT}/`), ENVIRONMENT)).toBe(true);
});

it("a token for another environment, of another issuer, or too old is refused", async () => {
  expect(await authorize(await token("http://127.0.0.1:7090/fabrikam"), ENVIRONMENT)).toBe(false);
  expect(await authorize(await token(ENVIRONMENT, "https://elsewhere.example.org/"), ENVIRONMENT)).toBe(
    false,
  );
  expect(await authorize(await token(ENVIRONMENT, ISSUER, "-1h"), ENVIRONMENT)).toBe(false);
  expect(await authorize("no token", ENVIRONMENT)).toBe(false);
});

it("an empty configuration means the sample environments, and a wrong one is explained", () => {
  expect(parseConfig("{}").environments.map(({ id }) => id)).toEqual(["contoso", "fabrikam", "northwind"]);
  const wrong = JSON.stringify({ environments: [{ id: "Not A Slug", name: "", organizationId: "1" }] });
  expect(() => parseConfig(wrong)).toThrow(
    /not valid[^]*environments\[0\]\.id[^]*environments\[0\]\.organizationId/,
  );
});
