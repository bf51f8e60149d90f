import { beforeAll, expect, it } from "vitest";
import { SAMPLE_TENANT_ID } from "./sample.ts";
import { cookieOf, PORTAL, testIssuer, type TestIssuer } from "./testIssuer.ts";

let entra: TestIssuer;
beforeAll(async () => {
  entra = await testIssuer();
});

async function logout(query: string, cookie = ""): Promise<Response> {
  return entra.app.request(`/${SAMPLE_TENANT_ID}/oauth2/v2.0/logout${query}`, { headers: { cookie } });
}

it("drops the session and goes back to the portal", async () => {
  const cookie = cookieOf(await entra.login("contoso-admin"));
  const response = await logout(`?post_logout_redirect_uri=${encodeURIComponent(PORTAL)}&state=s1`, cookie);
  expect(response.headers.get("location")).toBe(`${PORTAL}/?state=s1`);
  expect(cookieOf(response)).toBe(`${cookie.split("=")[0]}=`);
  expect(response.headers.get("set-cookie")).toMatch(/Max-Age=0/);
});

it("takes the request as a form, too", async () => {
  const response = await entra.app.request(`/${SAMPLE_TENANT_ID}/oauth2/v2.0/logout`, {
    method: "POST",
    body: new URLSearchParams({ post_logout_redirect_uri: PORTAL, state: "s1" }),
  });
  expect(response.headers.get("location")).toBe(`${PORTAL}/?state=s1`);
  expect(response.headers.get("set-cookie")).toMatch(/Max-Age=0/);
});

it.each(["", "?post_logout_redirect_uri=https%3A%2F%2Fattacker.example%2F"])(
  "stays and says so without an address it knows (%j)",
  async (query) => {
    const response = await logout(query);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("You are signed out");
  },
);
