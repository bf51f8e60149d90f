import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { createServer } from "vite";
import { root } from "../../scripts/run.ts";

/** What the web portal reads at its start from `/config.json`. */
export interface WebConfig {
  clientId: string;
  tenantId: string;
  apiBaseUrl: string;
  scope: string;
  authorityMetadata: object;
}

/** Serves the web portal from its sources, with its configuration for this stack. */
export async function startWeb(port: number, folder: string, config: WebConfig): Promise<ViteDevServer> {
  const file = join(folder, "portal-config.json");
  writeFileSync(file, JSON.stringify(config));
  process.env.PORTAL_CONFIG = file;
  const server = await createServer({
    configFile: join(root, "web/vite.config.ts"),
    server: { port, strictPort: true, host: "localhost" },
    cacheDir: join(folder, "vite"),
    logLevel: "warn",
    clearScreen: false,
  });
  await server.listen();
  return server;
}
