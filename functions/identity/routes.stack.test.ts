import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import type { Problem } from "../contracts/common.ts";
import { routes } from "../contracts/routes.ts";
import type { Route } from "../contracts/routes.ts";
import { mintToken } from "../../local/entra/mintToken.ts";
import { SAMPLE_PEOPLE } from "../../local/entra/people.ts";
import type { Person } from "../../local/entra/people.ts";
import { tokenOf } from "../../local/testing/api.ts";
import { policy } from "./policy.ts";

/** Every route of the API: one that is added is walked here without anybody thinking of it. */
const guardedRoutes = Object.entries<Route>(routes).filter(([, route]) => policy[route.action] !== "anyone");
const [globalAdmin] = SAMPLE_PEOPLE as [Person];

function call(route: Route, organization: string, token: string | null): Promise<Response> {
  const path = route.path
    .replace("{id}", organization)
    .replace("{eventId}", "0".repeat(32))
    .replace("{keyId}", "none")
    .replace("{recordId}", "none")
    .replace("{replayId}", "none")
    .replace("{rule}", "silence")
    .replace("{version}", "1");
  return fetch(`${inject("stack").functionsUrl}/api/${path}`, {
    method: route.method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      "content-type": "application/json",
      "if-match": "*",
    },
    ...(route.body ? { body: "{}" } : {}),
  });
}

function mint(overrides: Parameters<typeof mintToken>[2]): Promise<string> {
  const stack = inject("stack");
  return mintToken({ ...stack, keyFile: join(stack.folder, "entra-keys.json") }, globalAdmin, overrides);
}

async function refused(response: Response, status: number): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
}

describe("every route of the API", () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  const badTokens: [string, () => Promise<string | null>][] = [
    ["no token", () => Promise.resolve(null)],
    ["a text that is no token", () => Promise.resolve("abc.def.ghi")],
    ["an expired token", () => mint({ claims: { exp: past, nbf: past - 60, iat: past - 60 } })],
    ["another audience", () => mint({ claims: { aud: "00000003-0000-0000-c000-000000000000" } })],
    ["another issuer", () => mint({ claims: { iss: "https://login.microsoftonline.com/common/v2.0" } })],
    ["alg none", () => mint({ signedBy: "none" })],
    ["another key", () => mint({ signedBy: "stranger" })],
    ["an id token", () => mint({ claims: { scp: undefined, azp: undefined, azpacr: undefined } })],
    ["an app's own token", () => mint({ claims: { scp: undefined, idtyp: "app", azpacr: "1" } })],
    ["a token for another scope", () => mint({ claims: { scp: "nonsense" } })],
  ];

  it("lets an honest token of the same maker through", async () => {
    expect((await call(routes.getMe, "contoso", await mint({}))).status).toBe(200);
  });

  it.each(badTokens)("refuses %s", async (_name, token) => {
    for (const [, route] of guardedRoutes) await refused(await call(route, "contoso", await token()), 401);
  });

  it("refuses a person without a role", async () => {
    for (const [, route] of guardedRoutes)
      await refused(await call(route, "contoso", await tokenOf("no-role")), 403);
  });

  it("keeps an administrator out of another organization, and does not tell whether it exists", async () => {
    const token = await tokenOf("contoso-admin");
    const scoped = guardedRoutes.filter(([, route]) => route.path.includes("{id}"));
    expect(scoped.length).toBeGreaterThan(5);
    for (const [, route] of scoped) {
      const other = await call(route, "fabrikam", token);
      const nobodys = await call(route, "no-such-organization", token);
      const nonsense = { ...route, path: route.path.replace(/\{(?!id\})\w+\}/, "!") };
      const wrong = await call(nonsense, "fabrikam", token);
      expect([other.status, nobodys.status, wrong.status]).toEqual([403, 403, 403]);
      const [a, b] = [await other.json(), await nobodys.json()] as [Problem, Problem];
      expect({ ...a, correlationId: "" }).toEqual({ ...b, correlationId: "" });
    }
  });

  it("keeps organization administrators away from what is the platform's", async () => {
    const token = await tokenOf("contoso-admin");
    const platform = guardedRoutes.filter(
      ([, route]) => !(policy[route.action] as readonly string[]).includes("Organization.Admin"),
    );
    expect(platform.length).toBeGreaterThan(2);
    for (const [, route] of platform) await refused(await call(route, "contoso", token), 403);
  });

  it("shows an organization administrator only their own organization in lists", async () => {
    const response = await call(routes.listOrganizations, "", await tokenOf("contoso-admin"));
    const { items } = (await response.json()) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual(["contoso"]);
  });

  it("cannot be talked into another organization by a query value", async () => {
    const url = `${inject("stack").functionsUrl}/api/organizations/fabrikam/portal/status?id=contoso`;
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${await tokenOf("contoso-admin")}` },
    });
    expect(response.status).toBe(403);
  });
});
