import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "./people.ts";
import { SAMPLE_CLIENT_ID } from "./sample.ts";
import { answerOf, cookieOf, REDIRECT_URI, testIssuer, type TestIssuer } from "./testIssuer.ts";

let entra: TestIssuer;
beforeAll(async () => {
  entra = await testIssuer();
});

describe("signing in", () => {
  it("lists every sample person with role and organization", async () => {
    const response = await entra.authorize();
    const text = await response.text();
    expect(response.status).toBe(200);
    for (const { name, roleLabel, organization, signIn } of SAMPLE_PEOPLE) {
      for (const shown of [name, roleLabel, organization, `value="${signIn}"`]) expect(text).toContain(shown);
    }
  });

  it("takes the request as a form, too", async () => {
    const page = await entra.postAuthorize();
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('name="state" value="the-state"');
    const cookie = cookieOf(await entra.login("contoso-admin"));
    expect(answerOf(await entra.postAuthorize({ prompt: "none" }, cookie))).toHaveProperty("code");
  });

  it("leaves the choice of a person to the page", async () => {
    const text = await (await entra.authorize({ person: "global-admin" })).text();
    expect(text.match(/value="global-admin"/g)).toHaveLength(1);
  });

  it("escapes what the client sends before it shows it", async () => {
    const text = await (await entra.authorize({ state: '"><script>alert(1)</script>' })).text();
    expect(text).not.toContain("<script>");
  });

  it("lets the form lead to the client's origin and to no other", async () => {
    const policy = (await entra.authorize()).headers.get("content-security-policy");
    expect(policy).toContain("form-action 'self' http://localhost:5173;");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it("returns code and state in the fragment when asked to", async () => {
    const response = await entra.login("contoso-admin");
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toMatch(`${REDIRECT_URI}#code=`);
    expect(answerOf(response)).toMatchObject({ state: "the-state" });
  });

  it.each(["query", undefined])("returns the code in the query for response_mode %s", async (mode) => {
    const response = await entra.login("contoso-admin", { response_mode: mode });
    expect(response.headers.get("location")).toMatch(`${REDIRECT_URI}?code=`);
  });

  it("refuses a person it does not know", async () => {
    const response = await entra.login("somebody");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("There is no &#39;somebody&#39;");
  });
});

describe("with a session", () => {
  it("signs in silently, without a page", async () => {
    const cookie = cookieOf(await entra.login("contoso-admin"));
    expect(answerOf(await entra.authorize({ prompt: "none" }, cookie))).toHaveProperty("code");
    expect(answerOf(await entra.authorize({}, cookie))).toHaveProperty("code");
  });

  it.each(["select_account", "login"])("asks again for prompt=%s", async (prompt) => {
    const cookie = cookieOf(await entra.login("contoso-admin"));
    const response = await entra.authorize({ prompt }, cookie);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Signed in</span>");
  });

  it("does not pass one person for another whom the client expects", async () => {
    const cookie = cookieOf(await entra.login("contoso-admin"));
    const hint = { prompt: "none", login_hint: "fabian@fabrikam.example" };
    expect(answerOf(await entra.authorize(hint, cookie)).error).toBe("login_required");
    hint.login_hint = "Carla@Contoso.example";
    expect(answerOf(await entra.authorize(hint, cookie))).toHaveProperty("code");
  });

  it("keeps the cookie from scripts and from other sites", async () => {
    const setCookie = (await entra.login("contoso-admin")).headers.get("set-cookie");
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Lax/);
  });

  it("is beside the session of an issuer on another port, though cookies ignore ports", async () => {
    const other = await testIssuer("http://localhost:9802");
    const [own, others] = [await entra.login("contoso-admin"), await other.login("fabrikam-admin")].map(
      cookieOf,
    );
    expect(own!.split("=")[0]).not.toBe(others!.split("=")[0]);
    const both = `${others}; ${own}`;
    expect(answerOf(await entra.authorize({ prompt: "none" }, both))).toHaveProperty("code");
    expect(answerOf(await other.authorize({ prompt: "none" }, both))).toHaveProperty("code");
  });

  it.each(["", "portal-sync-sign-in-9801=forged"])(
    "answers login_required to prompt=none with cookie %j",
    async (cookie) => {
      const answer = answerOf(await entra.authorize({ prompt: "none" }, cookie));
      expect(answer).toMatchObject({ error: "login_required", state: "the-state" });
      expect(answer.error_description).toMatch(/^AADSTS50058: /);
    },
  );
});

describe("refusing", () => {
  it.each([
    ["client_id", "00000000-0000-0000-0000-000000000000", "AADSTS700016"],
    ["redirect_uri", "https://attacker.example/redirect.html", "AADSTS50011"],
    ["redirect_uri", undefined, "AADSTS50011"],
  ])("never redirects for %s %s", async (name, value, code) => {
    const response = await entra.authorize({ [name]: value, prompt: "none" });
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
    expect(await response.text()).toContain(code);
  });

  it.each([
    ["response_type", "token", "unsupported_response_type"],
    ["response_mode", "form_post", "invalid_request"],
    ["prompt", "consent", "invalid_request"],
    ["code_challenge", undefined, "invalid_request"],
    ["code_challenge_method", "plain", "invalid_request"],
    ["code_challenge_method", undefined, "invalid_request"],
    ["scope", undefined, "invalid_request"],
    ["scope", "https://graph.microsoft.com/User.Read", "invalid_scope"],
    ["scope", `openid api://${SAMPLE_CLIENT_ID}/nonsense`, "invalid_scope"],
    ["scope", `api://${SAMPLE_CLIENT_ID}/access_as_user/.default`, "invalid_scope"],
  ])("tells the client about %s %s", async (name, value, error) => {
    expect(answerOf(await entra.authorize({ [name]: value }))).toMatchObject({ error, state: "the-state" });
  });

  it("does not know other tenants", async () => {
    const response = await entra.app.request("/11111111-1111-1111-1111-111111111111/oauth2/v2.0/authorize");
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_tenant", error_codes: [90002] });
  });
});
