import type { Connections } from "../connections.ts";
import { tableNames } from "./tableNames.ts";

/**
 * Creates the tables and the blob container where they are missing. In Azure the deployment creates them; this
 * serves whoever starts the app on an empty storage account. Rejects when storage cannot be reached.
 */
export async function prepareStorage(
  { table, blobs }: Pick<Connections, "table" | "blobs">,
  containers: readonly string[],
): Promise<void> {
  await Promise.all([
    ...Object.values(tableNames).map((name) => table(name).createTable()),
    ...containers.map((name) => blobs.getContainerClient(name).createIfNotExists()),
  ]);
}
