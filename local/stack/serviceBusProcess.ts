import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { startChild } from "./child.ts";
import type { Child, ChildOptions } from "./child.ts";

/** Starts the broker as a process. What it accepted lies in `store` and survives any end of it. */
export async function startServiceBusProcess(options: {
  ports: { bus: number; admin: number };
  store: string;
  child: ChildOptions;
}): Promise<{ child: Child; connectionString: string }> {
  const { ports, store } = options;
  const args = [
    join(root, "local/service-bus/main.ts"),
    ...["--port", String(ports.bus), "--admin-port", String(ports.admin)],
    ...["--store", store, "--entities", join(root, "local/service-bus/entities.json")],
  ];
  const { child, info } = await startChild<{ connectionString: string }>("Service Bus", args, options.child);
  return { child, connectionString: info.connectionString };
}
