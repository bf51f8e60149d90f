import { connect } from "node:net";
import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { startChild } from "./child.ts";
import type { Child } from "./child.ts";

/** The account and key that every Azurite has; they protect nothing and are published by Microsoft. */
const account = "devstoreaccount1";
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Connection string of an Azurite on these ports. */
export function azuriteConnectionString(ports: { table: number; blob: number }): string {
  return [
    "DefaultEndpointsProtocol=http",
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=http://127.0.0.1:${ports.blob}/${account}`,
    `TableEndpoint=http://127.0.0.1:${ports.table}/${account}`,
  ].join(";");
}

/** Starts Azurite (tables and blobs) as a process. `folder` null keeps everything in memory. */
export async function startAzurite(options: {
  folder: string | null;
  logFile: string;
  ports: { table: number; blob: number; queue: number };
  onExit: (sentence: string) => void;
}): Promise<Child> {
  const { ports, folder } = options;
  const child = startChild({
    name: "Azurite",
    logFile: options.logFile,
    onExit: options.onExit,
    args: [
      join(root, "local/stack/azuriteProcess.ts"),
      ...[
        "--blobPort",
        String(ports.blob),
        "--queuePort",
        String(ports.queue),
        "--tablePort",
        String(ports.table),
      ],
      ...(folder ? ["--location", folder] : ["--inMemoryPersistence"]),
      ...["--silent", "--skipApiVersionCheck", "--disableTelemetry"],
    ],
  });
  const stopped = child.ended.then(() => {
    throw new Error("Azurite could not start.");
  });
  await Promise.race([Promise.all([listening(ports.table), listening(ports.blob)]), stopped]);
  return child;
}

/** Resolves when something listens on the port. */
async function listening(port: number): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await canConnect(port))) {
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
