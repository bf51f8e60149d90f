/**
 * The web portal's host as a process: `webProcess.ts --port N --out DIR --cache DIR --config FILE [--dev]`. In the process of the
 * stack, Vite would end it at SIGTERM before anything else is stopped.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createServer, preview } from "vite";
import { root } from "../../scripts/run.ts";
import { announceReady, onShutdown } from "../child.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    out: { type: "string", default: "" },
    cache: { type: "string", default: "" },
    config: { type: "string", default: "" },
    dev: { type: "boolean", default: false },
  },
});

// The portal's own Vite configuration serves this file as /config.json.
process.env.PORTAL_CONFIG = values.config;
const shared = { configFile: join(root, "web/vite.config.ts"), logLevel: "warn" } as const;
const listen = { port: Number(values.port), strictPort: true, host: "localhost" };
let server: { close(): Promise<void> } | undefined;
onShutdown(async () => server?.close());
server = values.dev
  ? await (await createServer({ ...shared, cacheDir: values.cache, server: listen })).listen()
  : await preview({ ...shared, build: { outDir: values.out }, preview: listen });
announceReady({});
