import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, startTestHost } from "./testHost.ts";
import type { TestHost } from "./testHost.ts";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost(fixture("http"), {
    environment: {
      OVERRIDDEN: "from the environment",
      "AzureWebJobs.disabled.Disabled": "1",
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "1000",
    },
  });
});
afterAll(() => host?.close());

const post = (path: string, body: string) =>
  host.get(path, { method: "POST", body, headers: { "content-type": "application/json" } });

test("a request reaches the function with its parameters, query, headers and body", async () => {
  const response = await post("/api/Echo/abc/7?a=1&a=2&b=x%20y", '{"x":1}');
  expect(response.headers.get("x-served-by")).toBe("fixture");
  expect(await response.json()).toEqual({
    url: `${host.url}/api/Echo/abc/7?a=1&a=2&b=x%20y`,
    params: { kind: "abc", id: "7" },
    query: { a: "1,2", b: "x y" },
    type: "application/json",
    body: '{"x":1}',
  });
});

test("what no route matches is a 404: a wrong method, a failed constraint, a disabled function", async () => {
  const paths = ["/api/echo/abc", "/api/disabled", "/elsewhere", "/api/"];
  const statuses = await Promise.all(paths.map(async (path) => (await host.get(path)).status));
  expect(statuses).toEqual([404, 404, 404, 404]);
  expect((await post("/api/echo/abc/seven", "")).status).toBe(404);
});

test("status, headers, every cookie and bytes come back as the function gave them", async () => {
  const response = await host.get("/api/cookies");
  expect(response.status).toBe(201);
  expect(response.headers.get("x-own")).toBe("1");
  expect(response.headers.getSetCookie()).toEqual([
    "a=1; Path=/; Secure; SameSite=None",
    "b=2; Max-Age=60; HttpOnly",
  ]);
  const bytes = await (await host.get("/api/bytes")).bytes();
  expect([...bytes]).toEqual([0, 255, 1]);
});

test("a function that throws is an empty 500 with the reason in the log, one that returns nothing a 204", async () => {
  const failed = await host.get("/api/throws");
  expect([failed.status, await failed.text()]).toEqual([500, ""]);
  expect(host.printed()).toContain("Executed 'Functions.throws' (Failed): Error: on purpose");
  expect((await host.get("/api/nothing")).status).toBe(204);
});

test("hooks see and replace inputs and results", async () => {
  expect(await (await host.get("/api/hooked")).json()).toEqual([{ jsonBody: { replaced: true } }, "seen"]);
});

test("a body over the limit is a 413, and a chunked body is dropped as the real host drops it", async () => {
  expect((await post("/api/echo/abc", "x".repeat(1001))).status).toBe(413);
  const body = await new Promise<string>((resolve, reject) => {
    const request = http.request(`${host.url}/api/echo/abc`, { method: "POST" }, (response) => {
      response.setEncoding("utf8").on("data", (text) => resolve(JSON.parse(text).body));
    });
    request.on("error", reject);
    request.write("chunk");
    request.end();
  });
  expect(body).toBe("");
});

test("settings come from the file where the environment has none, and the app runs in its own directory", async () => {
  const response = await host.get("/api/settings");
  expect(await response.json()).toEqual(["from the file", "from the environment", fixture("http")]);
});

test("only the allowed origin gets CORS headers, and a preflight may be remembered", async () => {
  const ask = (origin: string) =>
    host.get("/api/echo/abc", {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization",
      },
    });
  const allowed = await ask("http://localhost:5173");
  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    "access-control-allow-origin": "http://localhost:5173",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization",
    "access-control-max-age": "7200",
  });
  expect((await ask("http://evil.example")).headers.has("access-control-allow-origin")).toBe(false);
  const answer = await host.get("/api/bytes", { headers: { origin: "http://localhost:5173" } });
  expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
});

test("logLevel of host.json decides which records of a function are printed", async () => {
  await host.get("/api/logs");
  expect(host.printed()).toContain("worth a line");
  expect(host.printed()).not.toContain("not important enough");
});

test("the home page says that the app runs", async () => {
  const response = await host.get("/");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("up and running");
});

test("with a key, a function with an authLevel asks for it in the header or the query", async () => {
  const guarded = await startTestHost(fixture("http"), { authKey: "secret" });
  expect((await host.get("/api/guarded")).status).toBe(200);
  expect((await guarded.get("/api/guarded")).status).toBe(401);
  expect((await guarded.get("/api/guarded?code=wrong")).status).toBe(401);
  expect((await guarded.get("/api/guarded?code=secret")).status).toBe(200);
  expect((await guarded.get("/api/guarded?q=a?b&code=secret")).status).toBe(200);
  expect((await guarded.get("/api/guarded", { headers: { "x-functions-key": "secret" } })).status).toBe(200);
  expect((await guarded.get("/api/bytes")).status).toBe(200);
  await guarded.close();
});
