import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { PortalStatus } from "../functions/contracts/portal.ts";
import { root } from "../scripts/run.ts";
import { signIn } from "./entra/signIn.ts";
import { freePort, isFree } from "./stack/ports.ts";
import { sampleOrganization } from "./stack/sampleOrganizations.ts";
import { readStackFile } from "./stack/stackFile.ts";
import type { StackFile } from "./stack/stackFile.ts";
import { cardTitles, checkRules } from "./testing/alerts.ts";
import { eventually, okJson, sendWebhook, webhookBody } from "./testing/api.ts";

const folder = mkdtempSync(join(tmpdir(), "portal-sync-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  process: ChildProcess;
  /** What was printed so far. */
  output: () => string;
  ended: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [join(root, "local/start.ts")], {
    env: { ...process.env, PORTAL_SYNC_STATE: join(folder, "state"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    process: child,
    output: () => text,
    ended: new Promise((resolve) => child.once("exit", resolve)),
  };
}

/** Resolves when the start says that it is ready; what it printed is in the failure otherwise. */
async function ready(started: Started): Promise<StackFile> {
  await eventually(
    () => Promise.resolve(started.output()),
    (text) => text.includes("Portal Sync is ready"),
    110_000,
  );
  return readStackFile(join(folder, "state")) as StackFile;
}

async function contoso(stack: StackFile): Promise<PortalStatus> {
  const { accessToken } = await signIn({ ...stack, portalUrl: stack.portalUrl ?? "" }, "contoso-admin");
  const headers = { authorization: `Bearer ${accessToken}` };
  return okJson(await fetch(`${stack.functionsUrl}/api/organizations/contoso/portal/status`, { headers }));
}

describe("npm start", () => {
  it("seeds a day of history, stops every child when asked, and finds everything again", async () => {
    const ports = { PORTAL_PORT: String(await freePort()), FUNCTIONS_PORT: String(await freePort()) };
    const first = start(ports);
    const stack = await ready(first);
    expect(first.output()).toContain("Making a day of history");
    expect(first.output()).toMatch(/Portal Sync is ready: http:\/\/localhost:\d+\n {2}Sign in as/);
    const before = await contoso(stack);
    expect(before.periods.find(({ period }) => period === "24h")?.success).toBeGreaterThan(50);

    first.process.kill("SIGINT");
    expect(await first.ended).toBe(0);
    for (const port of Object.values({ ...stack.ports, ...ports }))
      expect([port, await isFree(Number(port))]).toEqual([port, true]);

    const second = start(ports);
    const again = await ready(second);
    expect(second.output()).not.toContain("Making a day of history");
    expect(again.ports).toEqual(stack.ports);
    const after = await contoso(again);
    expect(after.lastEventAt).toBe(before.lastEventAt);
    await silenceStory(again);
    second.process.kill("SIGINT");
    expect(await second.ended).toBe(0);
  }, 240_000);

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
