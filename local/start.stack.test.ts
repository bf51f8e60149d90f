import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PortalStatus } from "../functions/contracts/portal.ts";
import { root } from "../scripts/run.ts";
import { signIn } from "./entra/signIn.ts";
import { freePort, isFree } from "./stack/ports.ts";
import { sampleOrganization, sampleOrganizations } from "./stack/sampleOrganizations.ts";
import { readStackFile } from "./stack/stackFile.ts";
import type { StackFile } from "./stack/stackFile.ts";
import { cardTitles, checkRules } from "./testing/alerts.ts";
import { eventually, okJson, sendWebhook, webhookBody } from "./testing/api.ts";

const folder = mkdtempSync(join(tmpdir(), "portal-sync-start-"));
const state = join(folder, "state");
const starts: Started[] = [];
afterAll(async () => {
  // Those that a failed test left.
  for (const { process } of starts) process.kill("SIGTERM");
  await Promise.all(starts.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

interface Started {
  process: ChildProcess;
  /** What was printed so far. */
  output: () => string;
  ended: Promise<number | null>;
}

function start(env: Record<string, string>, ...args: string[]): Started {
  const child = spawn(process.execPath, [join(root, "local/start.ts"), ...args], {
    env: { ...process.env, PORTAL_SYNC_STATE: state, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const started = { process: child, output: () => text, ended };
  starts.push(started);
  return started;
}

/** Resolves when the start has printed something; what it printed is in the failure otherwise. */
async function printed(started: Started, text: string): Promise<void> {
  await eventually(
    () => Promise.resolve(started.output()),
    (output) => output.includes(text),
    110_000,
  );
}

async function ready(started: Started): Promise<StackFile> {
  await printed(started, "Portal Sync is ready");
  return readStackFile(state) as StackFile;
}

async function status(stack: StackFile, organization: string): Promise<PortalStatus> {
  const { accessToken } = await signIn({ ...stack, portalUrl: stack.portalUrl ?? "" }, "global-admin");
  const headers = { authorization: `Bearer ${accessToken}` };
  return okJson(
    await fetch(`${stack.functionsUrl}/api/organizations/${organization}/portal/status`, { headers }),
  );
}

/** How many events of all organizations were carried over, or failed to be, in the last days. */
async function eventCount(stack: StackFile): Promise<number> {
  const all = await Promise.all(sampleOrganizations.map(({ id }) => status(stack, id)));
  const counts = all.map(({ periods }) => periods.find(({ period }) => period === "7d"));
  return counts.reduce((sum, count) => sum + (count?.success ?? 0) + (count?.error ?? 0), 0);
}

async function expectAllStopped(ports: Record<string, number | string>): Promise<void> {
  for (const port of Object.values(ports)) expect([port, await isFree(Number(port))]).toEqual([port, true]);
}

describe("npm start", () => {
  it("makes a day of history, stops every child when asked, and finds everything again", async () => {
    const ports = { PORTAL_PORT: String(await freePort()), FUNCTIONS_PORT: String(await freePort()) };
    const interrupted = start(ports);
    await printed(interrupted, "Making a day of history");
    const half = readStackFile(state) as StackFile;
    await eventually(
      () => status(half, "northwind"),
      ({ lastEventAt }) => lastEventAt !== null,
    );
    interrupted.process.kill("SIGTERM");
    expect(await interrupted.ended).toBe(0);
    expect(interrupted.output()).toMatch(/Stopping …\n$/);
    await expectAllStopped({ ...half.ports, ...ports });

    const first = start(ports);
    const stack = await ready(first);
    expect(first.output()).toContain("The last start did not finish the history: it begins anew.");
    expect(first.output()).toMatch(/Portal Sync is ready: http:\/\/localhost:\d+\n {2}Sign in as/);
    const [, changes] = /(\d+) changes of 3 organizations/.exec(first.output()) ?? [];
    expect(await eventCount(stack)).toBe(Number(changes));
    const before = await status(stack, "contoso");
    expect(before.periods.find(({ period }) => period === "24h")?.success).toBeGreaterThan(50);

    const other = start(ports, "--reset");
    expect(await other.ended).toBe(1);
    expect(other.output().trim()).toBe(
      `Portal Sync is running here already (process ${first.process.pid}): open ${stack.portalUrl}, or stop it first.`,
    );

    first.process.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    await expectAllStopped({ ...stack.ports, ...ports });
    expect(readStackFile(state)?.pid).toBe(0);

    const second = start(ports);
    const again = await ready(second);
    expect(second.output()).not.toContain("history");
    expect(again.ports).toEqual(stack.ports);
    const after = await status(again, "contoso");
    expect(after.lastEventAt).toBe(before.lastEventAt);
    await silenceStory(again);
    second.process.kill("SIGINT");
    expect(await second.ended).toBe(0);
  }, 240_000);

  it("says in one sentence what to do when a part cannot start, and leaves nothing running", async () => {
    const damaged = join(folder, "damaged");
    mkdirSync(damaged);
    writeFileSync(join(damaged, "service-bus.sqlite"), randomBytes(5000));
    const ports = { PORTAL_PORT: String(await freePort()), FUNCTIONS_PORT: String(await freePort()) };
    const started = start({ ...ports, PORTAL_SYNC_STATE: damaged });
    expect(await started.ended).toBe(1);
    expect(started.output().trim().split("\n").at(-1)).toBe(
      `Service Bus could not start: read why in ${damaged}/logs/service-bus.log, or begin from an empty state with npm start -- --reset.`,
    );
    expect(started.output()).not.toContain("Error");
  });

  it("says in one sentence what to do when a port is in use", async () => {
    const occupied = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(occupied, "127.0.0.1", resolve));
    const started = start({ PORTAL_PORT: String(occupied) });
    expect(await started.ended).toBe(1);
    expect(started.output().trim()).toBe(
      `Port ${occupied} is in use: stop what uses it, or choose another one with PORTAL_PORT=${occupied + 1} npm start.`,
    );
    server.close();
  });
});

/** Northwind's history ended yesterday: one card says so, however often the timer runs, and one tells when it is heard again. */
async function silenceStory(stack: StackFile): Promise<void> {
  const look = () => checkRules(stack);
  const titles = () => cardTitles(stack, "Northwind");
  await Promise.all([look(), look(), look()]);
  // Teams keeps its cards in memory, and the card of the first start must not come again.
  expect(await titles()).toEqual([]);

  const northwind = sampleOrganization("northwind");
  expect((await sendWebhook(northwind, webhookBody(northwind), {}, stack)).status).toBe(202);
  await eventually(
    async () => {
      await Promise.all([look(), look()]);
      return titles();
    },
    (all) => all.length > 0,
  );
  expect(await titles()).toEqual(["Northwind Society: events arrive again"]);
}
