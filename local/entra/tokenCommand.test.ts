import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "./people.ts";
import { SAMPLE_CLIENT_ID, SAMPLE_TENANT_ID } from "./sample.ts";
import { startEntra, type RunningEntra } from "./startEntra.ts";
import { tokenCommand } from "./tokenCommand.ts";

const NOT_RUNNING = {
  stdout: "",
  stderr: "Portal Sync is not running here: start it with npm start\n",
  exitCode: 1,
};
let entra: RunningEntra;
let stateFolder: string;
const run = (signInName?: string) => tokenCommand(signInName, { stateFolder, people: SAMPLE_PEOPLE });

beforeAll(async () => {
  entra = await startEntra({
    port: 0,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    people: SAMPLE_PEOPLE,
    apps: [],
  });
});
afterAll(() => entra.close());

beforeEach(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), "token-"));
  return () => rm(stateFolder, { recursive: true });
});

async function writeStackFile(
  entraUrl: string,
  portalUrl: string | null = "http://localhost:5173",
): Promise<void> {
  const stack = {
    entraUrl,
    tenantId: SAMPLE_TENANT_ID,
    clientId: SAMPLE_CLIENT_ID,
    portalUrl,
  };
  await writeFile(join(stateFolder, "stack.json"), JSON.stringify(stack));
}

it("prints the token and nothing else, as a command", async () => {
  await writeStackFile(entra.url);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, "token.ts"), "northwind-admin"],
    { env: { ...process.env, PORTAL_SYNC_STATE: stateFolder } },
  );
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  expect(decodeJwt(stdout)).toMatchObject({
    name: "Nadia Northwind",
    aud: SAMPLE_CLIENT_ID,
    scp: "access_as_user",
  });
});

it("works over a stack that runs without the portal", async () => {
  await writeStackFile(entra.url, null);
  expect(await run("global-admin")).toMatchObject({ exitCode: 0, stderr: "" });
});

it.each(["somebody", undefined])("lists the sign-ins for %s", async (name) => {
  await writeStackFile(entra.url);
  const { stdout, stderr, exitCode } = await run(name);
  expect(stdout).toBe("");
  expect(stderr).toContain("global-admin, contoso-admin, fabrikam-admin, northwind-admin, no-role");
  expect(exitCode).toBe(1);
});

it("says that the stack is not running when there is no stack file", async () => {
  expect(await run("contoso-admin")).toEqual(NOT_RUNNING);
});

it("says the same when a stack file was left behind by a stack that is gone", async () => {
  const gone = await startEntra({ port: 0, tenantId: "t", clientId: "c", people: [], apps: [] });
  await gone.close();
  await writeStackFile(gone.url);
  expect(await run("contoso-admin")).toEqual(NOT_RUNNING);
});

it("says the same when the stack file is half written", async () => {
  await writeFile(join(stateFolder, "stack.json"), '{"entraUrl":');
  expect(await run("contoso-admin")).toEqual(NOT_RUNNING);
});
