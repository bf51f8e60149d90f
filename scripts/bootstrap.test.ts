import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "./run.ts";

/** Runs until it is asked to end, and for a minute at most. */
const program = `
process.on("SIGTERM", () => { console.log("asked to end"); process.exit(0); });
setTimeout(() => process.exit(1), 60_000);
console.log("runs");
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portal-sync-bootstrap-"));
  writeFileSync(join(folder, "program.ts"), program);
});
afterEach(() => rmSync(folder, { recursive: true }));

// Windows ends a process without telling it, and has no other parent to see.
it.skipIf(process.platform === "win32")(
  "ends what npm ran when npm and its shell are ended alone",
  async () => {
    const command = `node scripts/bootstrap.mjs ${relative(root, join(folder, "program.ts"))}; true`;
    const shell = spawn("sh", ["-c", command], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    shell.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      if (output === "runs\n") shell.kill("SIGTERM");
    });
    await once(shell, "close");
    expect(output).toBe("runs\nasked to end\n");
  },
);

// A link to Node stands for the installed one, and Windows lets not everybody make links.
describe.skipIf(process.platform === "win32")("an installation", () => {
  const modules = () => join(folder, "node_modules");
  const addPackage = (path: string) => {
    mkdirSync(join(modules(), path), { recursive: true });
    writeFileSync(join(modules(), path, "package.json"), "{}");
  };

  beforeEach(() => {
    mkdirSync(join(folder, "scripts"));
    cpSync(join(root, "scripts/bootstrap.mjs"), join(folder, "scripts/bootstrap.mjs"));
    writeFileSync(
      join(folder, "package.json"),
      '{"dependencies":{"direct":"1"},"devDependencies":{"node":"1"}}',
    );
    writeFileSync(join(folder, "package-lock.json"), "the lock");
    writeFileSync(join(folder, "npm.js"), 'console.log("npm runs"); process.exitCode = 1;');
    writeFileSync(join(folder, "program.ts"), 'console.log("program runs");');
    for (const path of ["direct", "@scope/indirect", "direct/node_modules/nested", "node"]) addPackage(path);
    mkdirSync(join(modules(), "node/bin"));
    symlinkSync(process.execPath, join(modules(), "node/bin/node"));
    const packages = {
      "node_modules/@scope/indirect": {},
      "node_modules/direct": {},
      "node_modules/direct/node_modules/nested": {},
      "node_modules/for-another-platform": { optional: true },
      "node_modules/node": {},
    };
    writeFileSync(join(modules(), ".package-lock.json"), JSON.stringify({ packages }));
    const wanted = createHash("sha256").update("the lock").update(`${process.platform}-${process.arch}`);
    writeFileSync(join(modules(), ".portal-sync-installed"), wanted.digest("hex"));
  });

  /** What ran: the program, or npm in its place. */
  function run(): string {
    const { stdout, stderr } = spawnSync(process.execPath, ["scripts/bootstrap.mjs", "program.ts"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, npm_execpath: join(folder, "npm.js") },
    });
    return /program runs/.exec(stdout)?.[0] ?? /npm runs/.exec(stderr)?.[0] ?? stdout + stderr;
  }

  it("is left alone when it is whole: packages for other platforms need not be there", () => {
    expect(run()).toBe("program runs");
  });

  it.each([
    "direct",
    "@scope/indirect",
    "direct/node_modules/nested",
    "node/bin/node",
    ".package-lock.json",
    ".portal-sync-installed",
  ])("is mended when %s is missing", (path) => {
    rmSync(join(modules(), path), { recursive: true });
    expect(run()).toBe("npm runs");
  });

  it("is mended when npm's list of it does not know what is needed", () => {
    writeFileSync(join(modules(), ".package-lock.json"), '{"packages":{}}');
    rmSync(join(modules(), "direct"), { recursive: true });
    expect(run()).toBe("npm runs");
  });

  it.each(["", "{", "null"])("is mended when npm's list of it reads %j", (list) => {
    writeFileSync(join(modules(), ".package-lock.json"), list);
    expect(run()).toBe("npm runs");
  });

  it("is renewed when the lock file has changed", () => {
    writeFileSync(join(folder, "package-lock.json"), "another lock");
    expect(run()).toBe("npm runs");
  });
});
