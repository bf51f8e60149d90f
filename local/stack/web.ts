import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, runTool } from "../../scripts/run.ts";
import { startChild } from "./child.ts";
import type { Child, ChildOptions } from "./child.ts";

/** What the web portal reads at its start from `/config.json`. */
interface WebConfig {
  clientId: string;
  tenantId: string;
  apiBaseUrl: string;
  scope: string;
  authorityMetadata: object;
}

/** Builds the web portal as it is deployed, in a process of its own: React looks at NODE_ENV to choose its production build. */
export async function buildWeb(outDir: string, signal?: AbortSignal): Promise<void> {
  const args = ["build", join(root, "web"), "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  const code = await runTool("vite/bin/vite.js", args, { NODE_ENV: "production" }, signal);
  if (code !== 0) throw new Error("The web portal could not be built: see above.");
}

/**
 * Serves the web portal with its configuration for this stack, as a process: the built one, whose pages load at
 * once, or (`dev`) the sources with hot reload, whose first page takes longer.
 */
export async function serveWeb(options: {
  port: number;
  folder: string;
  outDir: string;
  dev: boolean;
  config: WebConfig;
  child: ChildOptions;
}): Promise<Child> {
  const { port, folder, outDir } = options;
  const file = join(folder, "portal-config.json");
  writeFileSync(file, JSON.stringify(options.config));
  const args = [
    join(root, "local/stack/webProcess.ts"),
    ...["--port", String(port), "--out", outDir, "--cache", join(folder, "vite"), "--config", file],
    ...(options.dev ? ["--dev"] : []),
  ];
  const { child } = await startChild("The web portal", args, options.child);
  return child;
}
