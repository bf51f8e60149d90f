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
export async function startWeb(port: number, config: WebConfig): Promise<ViteDevServer> {
  const server = await createServer({
    root: join(root, "web"),
    configFile: join(root, "web/vite.config.ts"),
    server: { port, strictPort: true, host: "localhost" },
    logLevel: "warn",
    clearScreen: false,
    plugins: [
      {
        name: "portal-sync-config",
        configureServer({ middlewares }) {
          middlewares.use("/config.json", (_request, response) => {
            response.setHeader("content-type", "application/json");
            response.setHeader("cache-control", "no-store");
            response.end(JSON.stringify(config));
          });
        },
      },
    ],
  });
  await server.listen();
  return server;
}
