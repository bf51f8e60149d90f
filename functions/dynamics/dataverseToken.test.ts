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

it.each([
  [
    "AADSTS7000215: Invalid client secret provided. Ensure the secret is right for app '1a2b3c4d-0000-4000-8000-00000000000a'. Trace ID: 1a2b3c4d-0000-4000-8000-00000000000b Timestamp: 2026-01-05 08:00:00Z",
    "AADSTS7000215: Invalid client secret provided.",
  ],
  [
    "AADSTS700016: Application with identifier '1a2b3c4d-0000-4000-8000-00000000000a' was not found in contoso.com.\r\nTrace ID: 1",
    "AADSTS700016: Application with identifier … was not found in contoso.com.",
  ],
  ["AADSTS900023: No sentence\r\nTrace ID: 1", "AADSTS900023: No sentence"],
  ["AADSTS900023: No sentence Trace ID: 1", "AADSTS900023: No sentence"],
  ["AADSTS900023: No sentence", "AADSTS900023: No sentence"],
  ["Something of 1a2b3c4d-0000-4000-8000-00000000000a.", null],
])("keeps of the issuer's words its code and first sentence, without ids: %s", async (text, said) => {
  const { signIn } = await issuer(401, {
    error: "invalid_client",
    error_description: text,
    trace_id: "1a2b3c4d-0000-4000-8000-00000000000b",
    correlation_id: "1a2b3c4d-0000-4000-8000-00000000000c",
  });
  const reading = createDataverseToken(signIn)("https://contoso.crm4.dynamics.com", null);
  await expect(reading).rejects.toMatchObject({ kind: "refused", said });
});

it("says when the issuer cannot be reached", async () => {
  const { signIn } = await issuer(200, {});
  closing.splice(0).forEach((close) => close());
  const reading = createDataverseToken(signIn)("https://contoso.crm4.dynamics.com", null);
  await expect(reading).rejects.toMatchObject({ kind: "unavailable" });
});
