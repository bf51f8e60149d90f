import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../../scripts/run.ts";
import { claimFolder, emptyFolder, requireOwnFolder } from "./claimFolder.ts";
import { readStackFile, writeStackFile } from "./stackFile.ts";
import type { StackFile } from "./stackFile.ts";

const all = mkdtempSync(join(tmpdir(), "portal-sync-claim-"));
afterAll(() => rmSync(all, { recursive: true, force: true }));

let count = 0;
const newFolder = () => join(all, `state-${count++}`);

function saysRunning(folder: string, pid: number): void {
  writeStackFile(folder, { pid, portalUrl: "http://localhost:5173" } as StackFile);
}

it("gives a folder to one stack at a time, and says who has it", () => {
  const folder = newFolder();
  const release = claimFolder(folder);
  expect(() => claimFolder(folder)).toThrow(/^Portal Sync is being started here already: wait until/);
  saysRunning(folder, 42);
  expect(() => claimFolder(folder)).toThrow(
    /^Portal Sync is running here already \(process 42\): open http:\/\/localhost:5173, /,
  );
  release();
  expect(readStackFile(folder)?.pid).toBe(0);
  claimFolder(folder)();
});

it("takes a folder over from a stack that was killed, also when another process has its number now", async () => {
  const folder = newFolder();
  const code = `const { claimFolder } = await import(${JSON.stringify(join(root, "local/stack/claimFolder.ts"))});
    claimFolder(${JSON.stringify(folder)});
    process.send("claimed");
    process.on("message", () => {});`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(other, "message");
  saysRunning(folder, process.pid);
  expect(() => claimFolder(folder)).toThrow("running here already");
  other.kill("SIGKILL");
  await once(other, "exit");
  claimFolder(folder)();
});

it("empties a folder for whoever claimed it, and lets nobody else in meanwhile", () => {
  const folder = newFolder();
  const release = claimFolder(folder);
  mkdirSync(join(folder, "azurite/blobs"), { recursive: true });
  writeFileSync(join(folder, "dynamics.sqlite"), "");
  emptyFolder(folder);
  expect(existsSync(join(folder, "azurite"))).toBe(false);
  expect(existsSync(join(folder, "dynamics.sqlite"))).toBe(false);
  expect(() => claimFolder(folder)).toThrow("being started");
  release();
});

it("knows a folder in which a stack was started, be it for a moment, from one that holds other things", () => {
  const folder = newFolder();
  expect(() => requireOwnFolder(folder)).not.toThrow();
  mkdirSync(folder);
  expect(() => requireOwnFolder(folder)).not.toThrow();
  writeFileSync(join(folder, "letter.txt"), "");
  expect(() => requireOwnFolder(folder)).toThrow(
    `${folder} is not a folder of Portal Sync: nothing was removed.`,
  );
  claimFolder(folder)();
  expect(() => requireOwnFolder(folder)).not.toThrow();
});
