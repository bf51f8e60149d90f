import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, createServer, preview } from "vite";
import { root } from "../../scripts/run.ts";

/** What the web portal reads at its start from `/config.json`. */
export interface WebConfig {
  clientId: string;
  tenantId: string;
  apiBaseUrl: string;
  scope: string;
  authorityMetadata: object;
}

const configFile = join(root, "web/vite.config.ts");

/** Builds the web portal as it is deployed. */
export async function buildWeb(outDir: string): Promise<void> {
  await build({ configFile, logLevel: "warn", build: { outDir, emptyOutDir: true } });
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
