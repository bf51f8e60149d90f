import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { startChild, whenReady } from "./child.ts";
import type { Child } from "./child.ts";

/** Starts the broker as a process. What it accepted lies in `store` and survives any end of it. */
export async function startServiceBusProcess(options: {
  ports: { bus: number; admin: number };
  store: string;
  logFile: string;
  onExit: (sentence: string) => void;
}): Promise<{ child: Child; connectionString: string }> {
  const { ports, store, logFile, onExit } = options;
  const child = startChild({
    name: "Service Bus",
    logFile,
    onExit,
    args: [
      join(root, "local/service-bus/main.ts"),
      ...["--port", String(ports.bus), "--admin-port", String(ports.admin)],
      ...["--store", store, "--entities", join(root, "local/service-bus/entities.json")],
    ],
  });
  const { connectionString } = await whenReady<{ connectionString: string }>(child);
  return { child, connectionString };
}
