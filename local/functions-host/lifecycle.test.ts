import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { fixture, startTestHost } from "./testHost.ts";
import type { TestHost } from "./testHost.ts";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost(fixture("http"));
});
afterAll(() => host?.close());

const DAY = 86_400_000;
const post = (path: string, body: unknown) => host.get(path, { method: "POST", body: JSON.stringify(body) });
const appProcess = async () =>
  (await (await host.get("/api/process")).json()) as { pid: number; started: number; now: number };

test("a crash of the app is not a refused connection: requests wait for the next process", async () => {
  const before = await appProcess();
  await expect(host.get("/api/crash")).rejects.toThrow("fetch failed");
  const after = await appProcess();
  expect(after.pid).not.toBe(before.pid);
  expect(host.printed()).toContain("nobody catches this");
  expect(host.printed()).toContain("The app's process ended with code 1. Starting it again.");
});

test("connections that arrive around a kill -9 of the app are all answered", async () => {
  const { pid } = await appProcess();
  process.kill(pid, "SIGKILL");
  const statuses = await Promise.all(
    Array.from({ length: 20 }, () => host.getOverNewConnection("/api/bytes")),
  );
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
  await vi.waitFor(() => expect(host.childPid()).not.toBe(pid));
});

test.concurrent.each(["block", "hang"])(
  "an invocation over functionTimeout restarts the app's process (%s)",
  async (name) => {
    const impatient = await startTestHost(fixture("http"), {
      environment: { AzureFunctionsJobHost__functionTimeout: "00:00:01" },
    });
    const pid = impatient.childPid();
    await expect(impatient.get(`/api/${name}`)).rejects.toThrow("fetch failed");
    expect((await impatient.get("/api/bytes")).status).toBe(200);
    expect(impatient.childPid()).not.toBe(pid);
    expect(impatient.printed()).toContain("Timeout");
    await impatient.close();
  },
);

test("the clock can be shifted and set right, and a shift outlives the app's process", async () => {
  const shifted = new Date(Date.now() - 30 * DAY);
  expect((await post("/admin/local/clock", { now: shifted.toISOString() })).status).toBe(200);
  const before = await appProcess();
  expect(Math.abs(before.now - shifted.getTime())).toBeLessThan(60_000);
  process.kill(before.pid, "SIGKILL");
  await vi.waitFor(() => expect(host.childPid()).not.toBe(before.pid), 20_000);
  const after = await appProcess();
  expect(Math.abs(after.now - shifted.getTime())).toBeLessThan(120_000);
  await post("/admin/local/clock", { now: null });
  expect(Math.abs((await appProcess()).now - Date.now())).toBeLessThan(60_000);
  expect((await post("/admin/local/clock", { now: "soon" })).status).toBe(400);
});

test("a timer is run by the admin API, and what it gets has the names of the library", async () => {
  expect((await post("/admin/functions/nightly", {})).status).toBe(202);
  const runs = await vi.waitFor(async () => {
    const list = (await (await host.get("/api/timerRuns")).json()) as Record<string, unknown>[];
    expect(list).toHaveLength(1);
    return list;
  });
  expect(runs[0]).toMatchObject({ isPastDue: false, schedule: { adjustForDST: true } });
  const { next } = runs[0]!["scheduleStatus"] as { next: string };
  expect(new Date(next).getHours()).toBe(3);
});

test("the admin API lists functions, and refuses what it cannot run", async () => {
  const list = (await (await host.get("/admin/functions")).json()) as { name: string }[];
  expect(list.map(({ name }) => name)).toContain("nightly");
  expect((await host.get("/admin/functions/nightly/status")).status).toBe(200);
  expect((await post("/admin/functions/unknown", {})).status).toBe(404);
  expect((await post("/admin/functions/bytes", {})).status).toBe(400);
  expect((await post("/admin/functions/nightly", { input: 7 })).status).toBe(400);
  expect((await host.get("/admin/host/ping")).status).toBe(200);
});

test("the host's status tells about the process that runs the app", async () => {
  const status = (await (await host.get("/admin/host/status")).json()) as Record<string, unknown>;
  expect(status).toMatchObject({ state: "Running", local: { processes: [{ pid: host.childPid() }] } });
});

test("apart, each process runs its own functions, is restarted by itself and has the same clock", async () => {
  const apart = await startTestHost(fixture("http"), { apart: ["nightly"] });
  const timerRuns = () =>
    [...apart.printed().matchAll(/timers run in (\d+) at (\d+)/g)].map(([, pid, at]) =>
      [pid, at].map(Number),
    );
  const serving = apart.childPid();
  await expect.poll(timerRuns).toHaveLength(1);
  const [first = 0] = timerRuns()[0] ?? [];
  expect(first).not.toBe(serving);
  const body = JSON.stringify({ now: new Date(Date.now() - 30 * DAY).toISOString() });
  expect((await apart.get("/admin/local/clock", { method: "POST", body })).status).toBe(200);
  process.kill(first, "SIGKILL");
  await expect.poll(timerRuns, { timeout: 20_000 }).toHaveLength(2);
  const [pid, at = 0] = timerRuns()[1] ?? [];
  expect(Math.abs(at - (Date.now() - 30 * DAY))).toBeLessThan(120_000);
  expect(apart.childPid()).toBe(serving);
  await expect
    .poll(async () => (await apart.get("/admin/host/status")).json(), { timeout: 20_000 })
    .toMatchObject({ state: "Running", local: { processes: [{ pid: serving }, {}, { pid }] } });
  await apart.close();
  await expect(startTestHost(fixture("http"), { apart: ["nobody"] })).rejects.toThrow("No function is named");
});

test("a stop lets a running request and a run by the admin API end, and then frees the port", async () => {
  const stopping = await startTestHost(fixture("http"));
  const slow = stopping.get("/api/slow");
  await vi.waitFor(() => expect(stopping.get("/api/bytes")).resolves.toBeDefined());
  await stopping.get("/admin/functions/slowly", { method: "POST", body: "{}" });
  const closed = stopping.close();
  expect(await (await slow).text()).toBe("done");
  await closed;
  expect(stopping.printed()).toContain("the slow timer has ended");
  await expect(stopping.get("/api/bytes")).rejects.toThrow("fetch failed");
});
