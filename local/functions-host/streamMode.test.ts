import http from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fixture, startTestHost } from "./testHost.ts";
import type { TestHost } from "./testHost.ts";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost(fixture("stream"));
});
afterAll(() => host?.close());

test("bodies stream both ways: an answer begins before the request has ended", async () => {
  const request = http.request(`${host.url}/api/upper`, {
    method: "POST",
    headers: { "content-type": "text/x" },
  });
  request.write("first ");
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.setEncoding("utf8");
  expect(response.headers["content-type"]).toBe("text/x");
  const pieces = response[Symbol.asyncIterator]();
  expect(await pieces.next()).toEqual({ done: false, value: "FIRST " });
  request.end("second");
  expect(await pieces.next()).toEqual({ done: false, value: "SECOND" });
  expect((await pieces.next()).done).toBe(true);
});

test("query values count as parameters, as they do in Azure in this mode", async () => {
  const response = await host.get("/api/hello/bob?x=1&code=key");
  expect(await response.json()).toEqual({ name: "bob", x: "1" });
});

test("a request with a length reaches the function whole", async () => {
  const response = await host.get("/api/echo", { method: "POST", body: "x".repeat(100_000) });
  expect(((await response.json()) as { text: string }).text).toHaveLength(100_000);
});

test("a handler that throws is a 500 at once, also when the body was never read", async () => {
  expect((await host.get("/api/throws")).status).toBe(500);
  expect((await host.get("/api/throws", { method: "POST", body: "unread" })).status).toBe(500);
  expect((await host.get("/api/notAnObject")).status).toBe(500);
  expect(host.printed()).toContain("Executed 'Functions.throws' (Failed): Error: on purpose");
});

test("a handler that returns nothing is answered, with a warning that Azure would not", async () => {
  expect((await host.get("/api/nothing")).status).toBe(204);
  expect(host.printed()).toContain("In Azure this request is never answered");
});

test("status and every cookie come back", async () => {
  const response = await host.get("/api/cookies");
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
});

test("many connections at once are served", async () => {
  const responses = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => (await host.get(`/api/hello/n${index}`)).json()),
  );
  expect(responses).toEqual(Array.from({ length: 200 }, (_, index) => ({ name: `n${index}` })));
});

/** The answer to a GET with this request line and host, which `fetch` would not send. */
async function ask(path: string, hostName: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(host.url);
  const request = http.get({ hostname, port, path, headers: { host: hostName } });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return response;
}

test("a request line with a whole address is served, as a proxy may send it", async () => {
  const response = await ask("http://proxy.example/api/hello/bob?x=1", "proxy.example");
  expect(JSON.parse(await text(response))).toEqual({ name: "bob", x: "1" });
});

test("a host that makes no address is a 400", async () => {
  expect((await ask("/api/hello/bob", "a b")).statusCode).toBe(400);
});
