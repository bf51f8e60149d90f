/**
 * Runs an Azure Functions app:
 * `node local/functions-host/main.ts --app DIR --port N [--settings FILE] [--watch] [--state DIR] [--auth-key KEY] [--apart NAME]…`
 */
import { parseArgs } from "node:util";
import { announceReady, onShutdown } from "../child.ts";
import { startFunctionsHost } from "./startFunctionsHost.ts";
import type { FunctionsHost } from "./startFunctionsHost.ts";

const { values } = parseArgs({
  options: {
    app: { type: "string", default: "." },
    port: { type: "string" },
    settings: { type: "string" },
    state: { type: "string" },
    watch: { type: "boolean", default: false },
    apart: { type: "string", multiple: true },
    "auth-key": { type: "string" },
  },
});

let host: FunctionsHost | undefined;
onShutdown(async () => host?.close());
try {
  host = await startFunctionsHost({
    appDirectory: values.app,
    watch: values.watch,
    ...(values.apart === undefined ? {} : { apart: values.apart }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.settings === undefined ? {} : { settingsFile: values.settings }),
    ...(values.state === undefined ? {} : { stateDirectory: values.state }),
    ...(values["auth-key"] === undefined ? {} : { authKey: values["auth-key"] }),
  });
  announceReady({ port: host.port, url: host.url });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
