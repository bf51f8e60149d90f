import { HttpRequest, InvocationContext } from "@azure/functions";
import { describe, expect, it } from "vitest";
import { problem as problemSchema } from "../contracts/common.ts";
import { routes } from "../contracts/routes.ts";
import type { Route } from "../contracts/routes.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { ApiProblem } from "../platform/http/problem.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Caller } from "./caller.ts";
import { guarded } from "./route.ts";
import type { Call, Reply, RouteServices } from "./route.ts";

const group = "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11";
const contoso = { id: "contoso", name: "Contoso", adminGroupId: group } as StoredOrganization;
const person = { id: "1", name: "Carla", signInName: null };
const admin: Caller = { ...person, roles: ["Organization.Admin"], groups: [group] };
const globalAdmin: Caller = { ...person, roles: ["Platform.Admin"], groups: [] };

const servicesFor = (caller: Caller | null): RouteServices => ({
  authenticate: async () => {
    if (caller) return caller;
    throw new ApiProblem(401, "token.missing", "Not signed in", "Send a token.");
  },
  directory: {
    find: async (id: string) => (id === contoso.id ? contoso : null),
  } as RouteServices["directory"],
});

interface Sent {
  query?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
}

/** Calls a route as the host does, and gives what its handler was given and what was answered. */
async function call<R extends Route>(
  route: R,
  path: string,
  caller: Caller | null = admin,
  { query = {}, body, headers = {} }: Sent = {},
  handle: (call: Call<R>) => Promise<Reply<R>> = async () => ({ body: {} }) as never,
) {
  const calls: Call<R>[] = [];
  const logged: unknown[][] = [];
  const { handler } = guarded(route, servicesFor(caller), async (_services, one) => {
    calls.push(one);
    return handle(one);
  });
  const request = new HttpRequest({
    method: route.method,
    url: `http://localhost/api/${path}?${new URLSearchParams(query).toString()}`,
    query,
    headers,
    ...(body === undefined ? {} : { body: { string: body } }),
  });
  const context = new InvocationContext({
    invocationId: "call-1",
    logHandler: (...values) => logged.push(values),
  });
  const response = (await handler(request, context)) as { status: number; headers: object; body?: string };
  const answer = response.body === undefined ? undefined : (JSON.parse(response.body) as unknown);
  return { ...response, answer, calls, logged };
}

const failing = (error: Error) => async () => {
  throw error;
};

describe("a request that is in order", () => {
  it("reaches its handler with its parts as the contract types them", async () => {
    const query = { outcome: "error", limit: "20" };
    const { calls, status } = await call(routes.listEvents, "organizations/contoso/portal/events", admin, {
      query,
    });
    expect(status).toBe(200);
    expect(calls).toEqual([
      {
        caller: admin,
        params: { id: "contoso" },
        query: { outcome: "error", limit: 20 },
        body: undefined,
        organization: contoso,
        ifMatch: null,
        apiUrl: "http://localhost/api",
      },
    ]);
  });

  it("is answered with the status of the contract, JSON and the handler's headers", async () => {
    const reply = async () => ({ body: { any: "thing" }, headers: { etag: 'W/"1"' } }) as never;
    const sent = { body: '{"name":"Main"}' };
    const { status, headers, answer } = await call(
      routes.createKey,
      "organizations/contoso/portal/keys",
      admin,
      sent,
      reply,
    );
    expect(status).toBe(201);
    expect(headers).toEqual({
      "content-type": "application/json",
      "cache-control": "no-store",
      "access-control-expose-headers": "etag",
      etag: 'W/"1"',
    });
    expect(answer).toEqual({ any: "thing" });
  });

  it("is answered with what was received where the handler has it, to the last digit", async () => {
    const reply = async () => ({ body: 1, json: "1.0" }) as never;
    const { body } = await call(routes.getMe, "me", admin, {}, reply);
    expect(body).toBe("1.0");
  });

  it("is answered without a body where the contract has none", async () => {
    const { status, body } = await call(routes.revokeKey, "organizations/contoso/portal/keys/one");
    expect({ status, body }).toEqual({ status: 204, body: undefined });
  });

  it("may come without a body, which is an empty object", async () => {
    const { calls } = await call(routes.createKey, "organizations/contoso/portal/keys");
    expect(calls[0]?.body).toEqual({ name: "Webhook key" });
  });

  it("needs no token where anyone may ask", async () => {
    expect((await call(routes.getOpenApi, "openapi.json", null)).status).toBe(200);
  });

  it("is registered under the method and path of its contract", () => {
    const options = guarded(
      routes.changeOrganization,
      servicesFor(admin),
      async () => ({ body: {} }) as never,
    );
    expect(options).toMatchObject({
      methods: ["PATCH"],
      route: "organizations/{id}",
      authLevel: "anonymous",
    });
  });
});

describe("a request that is refused", () => {
  const noRole: Caller = { ...person, roles: [], groups: [group] };
  const events = "organizations/contoso/portal/events";
  const patch = { headers: { "if-match": "*" } };
  const refusals: [string, number, string, Route, string, Caller | null, Sent][] = [
    ["without a token", 401, "token.missing", routes.listEvents, events, null, {}],
    ["without a role", 403, "role.missing", routes.listEvents, events, noRole, {}],
    ["without the role", 403, "role.missing", routes.getPlatformStatus, "platform/status", admin, {}],
    [
      "for another organization",
      403,
      "organization.notYours",
      routes.getPortalStatus,
      "organizations/fabrikam/portal/status",
      admin,
      {},
    ],
    [
      "for an organization that does not exist",
      404,
      "organization.notFound",
      routes.getPortalStatus,
      "organizations/fabrikam/portal/status",
      globalAdmin,
      {},
    ],
    [
      "for another organization, whatever else is wrong with it",
      403,
      "organization.notYours",
      routes.getEvent,
      "organizations/fabrikam/portal/events/x",
      admin,
      { query: { outcom: "error" } },
    ],
    [
      "for what cannot be an organization",
      403,
      "organization.notYours",
      routes.getPortalStatus,
      "organizations/..%2ffabrikam/portal/status",
      admin,
      {},
    ],
    [
      "with a path that is not valid",
      400,
      "path.invalid",
      routes.getEvent,
      "organizations/contoso/portal/events/x",
      admin,
      {},
    ],
    [
      "with a query that is not valid",
      400,
      "query.invalid",
      routes.listEvents,
      events,
      admin,
      { query: { limit: "9999" } },
    ],
    [
      "with a query that is not known",
      400,
      "query.invalid",
      routes.listEvents,
      events,
      admin,
      { query: { outcom: "error" } },
    ],
    [
      "with a body that is not valid",
      400,
      "body.invalid",
      routes.changeOrganization,
      "organizations/contoso",
      admin,
      { ...patch, body: '{"silenceHours":0}' },
    ],
    [
      "with a body that is no object",
      400,
      "body.invalid",
      routes.changeOrganization,
      "organizations/contoso",
      admin,
      { ...patch, body: "null" },
    ],
    [
      "with a body that is not JSON",
      400,
      "body.notJson",
      routes.changeOrganization,
      "organizations/contoso",
      admin,
      { ...patch, body: "{silence" },
    ],
    [
      "with a body that is too large",
      413,
      "body.tooLarge",
      routes.changeOrganization,
      "organizations/contoso",
      admin,
      { ...patch, body: "x".repeat(70_000) },
    ],
    [
      "without If-Match",
      428,
      "ifMatch.missing",
      routes.changeOrganization,
      "organizations/contoso",
      admin,
      { body: '{"silenceHours":5}' },
    ],
  ];

  it.each(refusals)("%s: %i %s", async (_, status, code, route, path, caller, sent) => {
    const result = await call(route, path, caller, sent);
    expect(result.status).toBe(status);
    expect(result.answer).toMatchObject({ status, code, correlationId: "call-1" });
    expect(problemSchema.safeParse(result.answer).success).toBe(true);
    expect(result.calls).toEqual([]);
    expect(result.logged).toEqual([]);
  });

  it("learns every field that is wrong", async () => {
    const query = { limit: "0", outcome: "green" };
    const { answer } = await call(routes.listEvents, events, admin, { query });
    expect(answer).toMatchObject({
      errors: expect.arrayContaining([
        { field: "limit", message: expect.any(String) },
        { field: "outcome", message: expect.any(String) },
      ]),
    });
  });

  it("cannot be talked into another organization by a query value", async () => {
    const sent = { query: { id: "contoso" } };
    const { status } = await call(
      routes.getPortalStatus,
      "organizations/fabrikam/portal/status",
      admin,
      sent,
    );
    expect(status).toBe(403);
  });
});

describe("a handler that fails", () => {
  it.each([
    [
      "its own refusal as it is",
      new ApiProblem(409, "key.limit", "Too many", "Revoke one."),
      409,
      "key.limit",
      0,
    ],
    [
      "storage that does not answer",
      new StorageFault("ambiguous", null, "secret"),
      503,
      "platform.unavailable",
      1,
    ],
    ["storage that refuses", new StorageFault("refused", null, "secret"), 500, "platform.unexpected", 1],
    ["what nobody foresaw", new TypeError("secret"), 500, "platform.unexpected", 1],
  ])("answers %s", async (_, error, status, code, logs) => {
    const result = await call(routes.getMe, "me", admin, {}, failing(error));
    expect(result.answer).toMatchObject({ status, code, correlationId: "call-1" });
    expect(result.body).not.toContain("secret");
    expect(result.logged).toHaveLength(logs);
  });

  it("logs what cannot be reached, with its cause", async () => {
    const down = new ApiProblem(503, "platform.unavailable", "Away", "Later.", {
      cause: new Error("no keys"),
    });
    const { logged } = await call(routes.getMe, "me", admin, {}, failing(down));
    expect(String(logged)).toContain("no keys");
  });
});
