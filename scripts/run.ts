import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const endings = ["SIGTERM", "SIGHUP"] as const;

/** Root folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/**
 * Runs an installed command-line tool on this Node, with its output shown. Resolves to its exit code, also when this
 * process is asked to end meanwhile or `signal` is aborted: then the tool is asked to, and the caller can clean up
 * behind it.
 */
export function runTool(
  packageFile: string,
  args: readonly string[],
  env: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "node_modules", packageFile), ...args], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    const pass = (ending: NodeJS.Signals) => void child.kill(ending);
    for (const ending of endings) process.on(ending, pass);
    const stop = () => void child.kill();
    signal?.addEventListener("abort", stop);
    child.on("error", reject);
    child.on("exit", (code) => {
      for (const ending of endings) process.off(ending, pass);
      signal?.removeEventListener("abort", stop);
      resolve(code ?? 1);
    });
  });
}
