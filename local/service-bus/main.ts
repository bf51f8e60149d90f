/** The embedded Service Bus as a process: node main.ts --port N --store FILE --entities FILE [--admin-port N] */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { announceReady, onShutdown } from "../child.ts";
import { startAdmin } from "./admin.ts";
import { startServiceBus } from "./start.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "5672" },
    store: { type: "string", default: ":memory:" },
    entities: { type: "string", default: `${import.meta.dirname}/entities.json` },
    "admin-port": { type: "string", default: "0" },
  },
});

const serviceBus = await startServiceBus({
  port: Number(values.port),
  store: values.store,
  entities: JSON.parse(readFileSync(values.entities, "utf8")),
});
const admin = await startAdmin(serviceBus, Number(values["admin-port"]));

onShutdown(async () => {
  await admin.close();
  await serviceBus.close();
});
announceReady({
  port: serviceBus.port,
  adminPort: admin.port,
  connectionString: serviceBus.connectionString,
});
