import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { announceReady, onShutdown } from "../child.ts";
import { parseConfig } from "./config.ts";
import { startDynamics } from "./start.ts";
import { tokenCheck } from "./tokenCheck.ts";

/** The process that the start script runs: `main.ts --port 7090 --store <file> --config <file>`. */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    host: { type: "string", default: "127.0.0.1" },
    store: { type: "string", default: ":memory:" },
    config: { type: "string" },
  },
});

const config = parseConfig(values.config === undefined ? "{}" : readFileSync(values.config, "utf8"));
const dynamics = await startDynamics({
  port: Number(values.port),
  host: values.host,
  store: values.store,
  environments: config.environments,
  ...(config.auth
    ? {
        authorize: tokenCheck(config.auth),
        authorizationUri: config.auth.authorizationUri ?? config.auth.issuer,
      }
    : {}),
});
onShutdown(dynamics.close);
announceReady({ url: dynamics.url, port: dynamics.port });
