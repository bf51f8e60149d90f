import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
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
