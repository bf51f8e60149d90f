import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createDataverseToken } from "./dataverseToken.ts";
import type { DataverseSignIn } from "./dataverseToken.ts";

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

/** An issuer that answers every request for a token; keeps the forms it was sent. */
async function issuer(status: number, answer: object) {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      forms.push(new URLSearchParams(text));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoint = (path: string) => `http://${host}/${path}`;
  const signIn: DataverseSignIn = {
    clientId: "the-app",
    tenantId: "home",
    credential: { secret: "s3cret" },
    authorityHost: `https://${host}`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify({
      issuer: endpoint("home/v2.0"),
      authorization_endpoint: endpoint("authorize"),
      token_endpoint: endpoint("token"),
      jwks_uri: endpoint("keys"),
      end_session_endpoint: endpoint("logout"),
    }),
  };
  return { signIn, forms };
}

it("asks the issuer once for each environment and keeps the token", async () => {
  const { signIn, forms } = await issuer(200, {
    token_type: "Bearer",
    expires_in: 3600,
    access_token: "abc",
  });
  const token = createDataverseToken(signIn);
  expect(await token("https://contoso.crm4.dynamics.com", null)).toBe("abc");
  expect(await token("https://contoso.crm4.dynamics.com", null)).toBe("abc");
  expect(await token("https://fabrikam.crm.dynamics.com", "other-tenant")).toBe("abc");
  expect(forms.map((form) => [form.get("grant_type"), form.get("scope")])).toEqual([
    ["client_credentials", expect.stringContaining("https://contoso.crm4.dynamics.com/.default")],
    ["client_credentials", expect.stringContaining("https://fabrikam.crm.dynamics.com/.default")],
  ]);
});

it("says when the issuer refuses", async () => {
  const { signIn } = await issuer(401, {
    error: "invalid_client",
    error_description: "AADSTS7000215: wrong secret",
  });
  const reading = createDataverseToken(signIn)("https://contoso.crm4.dynamics.com", null);
  await expect(reading).rejects.toMatchObject({
    kind: "refused",
    message: expect.stringContaining("AADSTS7000215"),
  });
});

it("says when the issuer cannot be reached", async () => {
  const { signIn } = await issuer(200, {});
  closing.splice(0).forEach((close) => close());
  const reading = createDataverseToken(signIn)("https://contoso.crm4.dynamics.com", null);
  await expect(reading).rejects.toMatchObject({ kind: "unavailable" });
});
