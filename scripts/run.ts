import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const endings = ["SIGTERM", "SIGHUP"] as const;

/** Root folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs an installed command-line tool on this Node, with its output shown. Resolves to its exit code, also when this
 * process is asked to end meanwhile: then the tool is asked to, and the caller can clean up behind it.
 */
export function runTool(
  packageFile: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "node_modules", packageFile), ...args], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    for (const signal of endings) process.on(signal, pass);
    child.on("error", reject);
    child.on("exit", (code) => {
      for (const signal of endings) process.off(signal, pass);
      resolve(code ?? 1);
    });
  });
}
