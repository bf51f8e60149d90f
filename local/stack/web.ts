import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, preview } from "vite";
import { root, runTool } from "../../scripts/run.ts";

/** What the web portal reads at its start from `/config.json`. */
interface WebConfig {
  clientId: string;
  tenantId: string;
  apiBaseUrl: string;
  scope: string;
  authorityMetadata: object;
}

const configFile = join(root, "web/vite.config.ts");

/** Builds the web portal as it is deployed, in a process of its own: React looks at NODE_ENV to choose its production build. */
export async function buildWeb(outDir: string): Promise<void> {
  const args = ["build", join(root, "web"), "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  const code = await runTool("vite/bin/vite.js", args, { NODE_ENV: "production" });
  if (code !== 0) throw new Error("The web portal could not be built: see above.");
}

/**
 * Serves the web portal with its configuration for this stack: the built one, whose pages load at once, or
 * (`dev`) the sources with hot reload, whose first page takes longer.
 */
export async function serveWeb(options: {
  port: number;
  folder: string;
  outDir: string;
  dev: boolean;
  config: WebConfig;
}): Promise<{ close(): Promise<void> }> {
  const { port, folder, outDir } = options;
  const file = join(folder, "portal-config.json");
  writeFileSync(file, JSON.stringify(options.config));
  // The portal's own Vite configuration serves this file as /config.json.
  process.env.PORTAL_CONFIG = file;
  const listen = { port, strictPort: true, host: "localhost" };
  if (!options.dev) return preview({ configFile, logLevel: "warn", build: { outDir }, preview: listen });
  const server = await createServer({
    configFile,
    logLevel: "warn",
    cacheDir: join(folder, "vite"),
    server: listen,
  });
  return server.listen();
}
