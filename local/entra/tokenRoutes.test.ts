import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  SAMPLE_CLIENT_ID,
  SAMPLE_DATAVERSE_APP,
  SAMPLE_GROUPS,
  SAMPLE_SCOPE,
  SAMPLE_TENANT_ID,
} from "./sample.ts";
import { answerOf, codeForm, PORTAL, testIssuer, type TestIssuer } from "./testIssuer.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
let entra: TestIssuer;
let start: number;
beforeAll(async () => {
  entra = await testIssuer();
  start = entra.time.now;
});
beforeEach(() => {
  entra.time.now = start;
});

describe("redeeming a code", () => {
  it("gives an access token with what the API reads", async () => {
    const claims = decodeJwt((await entra.signIn("contoso-admin")).access_token!);
    expect(claims).toMatchObject({
      iss: `http://localhost:9801/${SAMPLE_TENANT_ID}/v2.0`,
      aud: SAMPLE_CLIENT_ID,
      ver: "2.0",
      tid: SAMPLE_TENANT_ID,
      name: "Carla Contoso",
      preferred_username: "carla@contoso.example",
      roles: ["Organization.Admin"],
      groups: [SAMPLE_GROUPS.contoso],
      scp: "access_as_user",
      iat: start / 1000,
      nbf: start / 1000,
      exp: start / 1000 + 3600,
    });
  });

  it("gives an id token with the nonce, for the same subject", async () => {
    const tokens = await entra.signIn("global-admin");
    const id = decodeJwt(tokens.id_token!);
    expect(id).toMatchObject({ aud: SAMPLE_CLIENT_ID, nonce: "the-nonce", roles: ["Platform.Admin"] });
    expect(id.sub).toBe(decodeJwt(tokens.access_token!).sub);
  });

  it("leaves out roles and groups for one who has none", async () => {
    const claims = decodeJwt((await entra.signIn("no-role")).access_token!);
    expect(claims).not.toHaveProperty("roles");
    expect(claims).not.toHaveProperty("groups");
  });

  it("names the account for MSAL's cache", async () => {
    const tokens = await entra.signIn("contoso-admin");
    const { oid } = decodeJwt(tokens.id_token!);
    const clientInfo = JSON.parse(Buffer.from(tokens.client_info!, "base64url").toString());
    expect(clientInfo).toEqual({ uid: oid, utid: SAMPLE_TENANT_ID });
  });

  it("gives a token for another audience when no scope of the API was asked for", async () => {
    const tokens = await entra.signIn("contoso-admin", { scope: "openid profile" });
    expect(decodeJwt(tokens.access_token!).aud).not.toBe(SAMPLE_CLIENT_ID);
    expect(tokens).not.toHaveProperty("refresh_token");
  });

  it("redeems a code once", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    expect((await entra.token(codeForm(code!))).status).toBe(200);
    expect(await refusalOf(await entra.token(codeForm(code!)))).toMatchObject({ error_codes: [54005] });
  });

  it("lets a failed attempt not use up the code", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    await entra.token({ ...codeForm(code!), code_verifier: "wrong" });
    expect((await entra.token(codeForm(code!))).status).toBe(200);
  });

  it.each([
    ["a wrong verifier", { code_verifier: "wrong" }, [501481]],
    ["no verifier", { code_verifier: "" }, [501481]],
    ["another redirect URI", { redirect_uri: `${PORTAL}/` }, []],
    ["a code that was not given out", { code: "forged" }, [70008]],
  ])("refuses %s", async (_, change, codes) => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    const refusal = await refusalOf(await entra.token({ ...codeForm(code!), ...change }));
    expect(refusal).toMatchObject({ error: "invalid_grant", error_codes: codes });
  });

  it.each([
    ["an empty verifier", ""],
    ["one that is too short", "a".repeat(42)],
    ["one that is too long", "a".repeat(129)],
    ["one with other characters", `${"a".repeat(43)} +`],
  ])("refuses %s, though the challenge was made from it", async (_, verifier) => {
    const code_challenge = createHash("sha256").update(verifier).digest("base64url");
    const { code } = answerOf(await entra.login("contoso-admin", { code_challenge }));
    const { code_verifier: _1, ...form } = codeForm(code!);
    const redeemed = await entra.token(verifier === "" ? form : { ...form, code_verifier: verifier });
    expect(await refusalOf(redeemed)).toMatchObject({ error: "invalid_grant", error_codes: [501481] });
  });

  it.each([43, 128])("takes a verifier of %i characters", async (length) => {
    const code_verifier = "-._~".padEnd(length, "Az09");
    const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
    const { code } = answerOf(await entra.login("contoso-admin", { code_challenge }));
    expect((await entra.token({ ...codeForm(code!), code_verifier })).status).toBe(200);
  });

  it("refuses a scope that the API does not expose", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    const scope = `api://${SAMPLE_CLIENT_ID}/nonsense offline_access`;
    const refusal = await refusalOf(await entra.token({ ...codeForm(code!), scope }));
    expect(refusal).toMatchObject({ error: "invalid_scope", error_codes: [70011] });
  });

  it.each([SAMPLE_SCOPE, "openid offline_access"])(
    "wants a new sign-in for %s that the sign-in did not ask for",
    async (scope) => {
      const { code } = answerOf(await entra.login("contoso-admin", { scope: "openid" }));
      const refusal = await refusalOf(await entra.token({ ...codeForm(code!), scope }));
      expect(refusal).toMatchObject({
        error: "invalid_grant",
        error_codes: [65001],
        suberror: "consent_required",
      });
    },
  );

  it.each([`api://${SAMPLE_CLIENT_ID}/.default`, `${SAMPLE_CLIENT_ID}/access_as_user`])(
    "takes %s for the scope that the API exposes",
    async (scope) => {
      const { code } = answerOf(await entra.login("contoso-admin", { scope }));
      const response = await entra.token({ ...codeForm(code!), scope: SAMPLE_SCOPE });
      const { access_token: token } = (await response.json()) as Record<string, string>;
      expect(decodeJwt(token!)).toMatchObject({ aud: SAMPLE_CLIENT_ID, scp: "access_as_user" });
    },
  );

  it("refuses a code after ten minutes", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    entra.time.now += 10 * 60 * 1000 + 1000;
    expect(await refusalOf(await entra.token(codeForm(code!)))).toMatchObject({ error_codes: [70008] });
  });

  it("serves browsers only, as the single-page application that the portal is", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    const refusal = await refusalOf(await entra.token(codeForm(code!), { origin: null }));
    expect(refusal).toMatchObject({ error: "invalid_request", error_codes: [9002327] });
  });
});

describe("refreshing", () => {
  const refreshForm = (refreshToken: string, change: Record<string, string> = {}) => ({
    grant_type: "refresh_token",
    client_id: SAMPLE_CLIENT_ID,
    refresh_token: refreshToken,
    scope: `${SAMPLE_SCOPE} openid offline_access`,
    ...change,
  });

  it("renews the tokens and rotates the refresh token", async () => {
    const { refresh_token: first } = await entra.signIn("contoso-admin");
    entra.time.now += 3600_000;
    const renewed = (await (await entra.token(refreshForm(first!))).json()) as Record<string, string>;
    expect(decodeJwt(renewed.access_token!)).toMatchObject({
      name: "Carla Contoso",
      iat: entra.time.now / 1000,
    });
    expect(renewed.refresh_token).not.toBe(first);
    expect((await entra.token(refreshForm(renewed.refresh_token!))).status).toBe(200);
  });

  it("ends a day after the sign-in, however often it was renewed", async () => {
    const { refresh_token: first } = await entra.signIn("contoso-admin");
    entra.time.now += DAY_MS - 3600_000;
    const renewed = (await (await entra.token(refreshForm(first!))).json()) as Record<string, string>;
    entra.time.now += 2 * 3600_000;
    const refusal = await refusalOf(await entra.token(refreshForm(renewed.refresh_token!)));
    expect(refusal).toMatchObject({ error: "invalid_grant", error_codes: [700084] });
  });

  it("does not take a code for a refresh token", async () => {
    const { code } = answerOf(await entra.login("contoso-admin"));
    expect(await refusalOf(await entra.token(refreshForm(code!)))).toMatchObject({ error: "invalid_grant" });
  });

  it("gives no more than the sign-in asked for, and all of it after having given less", async () => {
    const { refresh_token: openIdOnly } = await entra.signIn("contoso-admin", {
      scope: "openid profile offline_access",
    });
    expect(await refusalOf(await entra.token(refreshForm(openIdOnly!)))).toMatchObject({
      suberror: "consent_required",
    });

    const { refresh_token: full } = await entra.signIn("contoso-admin");
    const less = await entra.token(refreshForm(full!, { scope: "openid offline_access" }));
    const { refresh_token: next } = (await less.json()) as Record<string, string>;
    expect((await entra.token(refreshForm(next!))).status).toBe(200);
  });

  it("keeps the scopes of the sign-in when none are named", async () => {
    const { refresh_token: token } = await entra.signIn("contoso-admin");
    const { scope: _, ...form } = refreshForm(token!);
    const renewed = (await (await entra.token(form)).json()) as Record<string, string>;
    expect(decodeJwt(renewed.access_token!).aud).toBe(SAMPLE_CLIENT_ID);
  });
});

describe("client credentials", () => {
  const resource = "http://localhost:9900/contoso";
  const form = {
    grant_type: "client_credentials",
    client_id: SAMPLE_DATAVERSE_APP.clientId,
    client_secret: SAMPLE_DATAVERSE_APP.secret,
    scope: `${resource}/.default`,
  };

  it("gives the app a token for the resource and for no one", async () => {
    const response = await entra.token(form, { origin: null });
    const answer = (await response.json()) as Record<string, string>;
    expect(decodeJwt(answer.access_token!)).toMatchObject({
      aud: resource,
      oid: SAMPLE_DATAVERSE_APP.objectId,
      azp: SAMPLE_DATAVERSE_APP.clientId,
      idtyp: "app",
    });
    expect(answer).not.toHaveProperty("id_token");
    expect(answer).not.toHaveProperty("refresh_token");
  });

  const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
  const { client_id: id, client_secret: _secret, ...formWithoutClient } = form;

  it("takes id and secret from the Authorization header, too", async () => {
    const authorization = basic(id, "local%2Ddataverse-secret");
    const response = await entra.token(formWithoutClient, { origin: null, authorization });
    const answer = (await response.json()) as Record<string, string>;
    expect(decodeJwt(answer.access_token!)).toMatchObject({ aud: resource, azp: id });
  });

  it.each([
    ["a wrong secret", basic(form.client_id, "wrong"), 401, 7000215],
    ["an unknown app", basic("nobody", form.client_secret), 400, 700016],
    ["a text that is no pair", `Basic ${Buffer.from("nobody").toString("base64")}`, 400, 700016],
  ])("refuses %s in the Authorization header", async (_, authorization, status, code) => {
    const response = await entra.token(formWithoutClient, { origin: null, authorization });
    expect(response.status).toBe(status);
    expect(await refusalOf(response)).toMatchObject({ error_codes: [code] });
  });

  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client", 7000215],
    ["an unknown app", { client_id: "nobody" }, 400, "unauthorized_client", 700016],
    [
      "a scope that is not .default",
      { scope: `${resource}/user_impersonation` },
      400,
      "invalid_scope",
      1002012,
    ],
  ])("refuses %s", async (_, change, status, error, code) => {
    const response = await entra.token({ ...form, ...change }, { origin: null });
    expect(response.status).toBe(status);
    expect(await refusalOf(response)).toMatchObject({ error, error_codes: [code] });
  });
});

describe("the endpoint", () => {
  it("refuses in Entra's shape", async () => {
    const refusal = await refusalOf(await entra.token({ grant_type: "password" }));
    expect(refusal).toMatchObject({ error: "unsupported_grant_type", error_codes: [70003] });
    expect(refusal.timestamp).toBe("2026-01-05 08:00:00Z");
    expect(refusal.error_description).toContain(`Correlation ID: ${String(refusal.correlation_id)}`);
    expect(refusal.error_description).toContain(`Trace ID: ${String(refusal.trace_id)}`);
  });

  it("can be called by scripts of the portal and of no other origin", async () => {
    const preflight = (origin: string) =>
      entra.app.request(`/${SAMPLE_TENANT_ID}/oauth2/v2.0/token`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
    expect((await preflight(PORTAL)).headers.get("access-control-allow-origin")).toBe(PORTAL);
    expect((await preflight("https://attacker.example")).headers.has("access-control-allow-origin")).toBe(
      false,
    );
  });
});

async function refusalOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.ok).toBe(false);
  return (await response.json()) as Record<string, unknown>;
}
