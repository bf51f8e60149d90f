import { join } from "node:path";
import { root } from "../../scripts/run.ts";
import { startChild } from "./child.ts";
import type { Child, ChildOptions } from "./child.ts";

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
  ports: { table: number; blob: number; queue: number };
  child: ChildOptions;
}): Promise<Child> {
  const { ports, folder } = options;
  const args = [
    join(root, "local/stack/azuriteProcess.ts"),
    ...["--blobPort", String(ports.blob)],
    ...["--queuePort", String(ports.queue)],
    ...["--tablePort", String(ports.table)],
    ...(folder ? ["--location", folder] : ["--inMemoryPersistence"]),
    ...["--silent", "--skipApiVersionCheck", "--disableTelemetry"],
  ];
  const { child } = await startChild("Azurite", args, options.child);
  return child;
}
