/** For tests alone: Azurite inside the test's own process, in memory, on a free port. */
import { createRequire } from "node:module";
import { TableClient } from "@azure/data-tables";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll } from "vitest";

/** The account and key that every Azurite has; Microsoft publishes them, and they protect nothing. */
const account = "devstoreaccount1";
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** The part of an Azurite server that is used here. Azurite publishes no types, and these files are none of its public API. */
interface Server {
  start(): Promise<void>;
  close(): Promise<void>;
  getHttpServerAddress(): string;
}
type Construct<T> = new (...values: unknown[]) => T;
const load = createRequire(import.meta.url);

/**
 * Starts one table server for the tests of a file and stops it behind them. Returns what makes a new table, with a
 * client of its own: so tests share a server and nothing else.
 */
export function useAzuriteTables(): () => Promise<TableClient> {
  let server: Server;
  let connectionString: string;
  let tables = 0;
  beforeAll(async () => {
    server = construct("table/TableServer", construct("table/TableConfiguration", ...tableOptions));
    connectionString = await start(server, "Table");
  });
  afterAll(() => server.close());
  return async () => {
    const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
    const client = TableClient.fromConnectionString(connectionString, `Test${++tables}`, options);
    await client.createTable();
    return client;
  };
}

export interface AzuriteBlobs {
  client: BlobServiceClient;
  close(): Promise<void>;
}

export async function startAzuriteBlobs(): Promise<AzuriteBlobs> {
  const server = construct("blob/BlobServer", construct("blob/BlobConfiguration", ...blobOptions));
  const client = BlobServiceClient.fromConnectionString(await start(server, "Blob"));
  return { client, close: () => server.close() };
}

/** Host, port (0: any free one), keep-alive, then where a file would be; the second `true` of each row is "in memory". */
const tail = [true, "", "", "", undefined, false, true];
const tableOptions = [
  "127.0.0.1",
  0,
  undefined,
  "unused",
  false,
  false,
  undefined,
  undefined,
  false,
  ...tail,
];
const blobOptions = [
  "127.0.0.1",
  0,
  undefined,
  "unused",
  "unused",
  [],
  false,
  undefined,
  false,
  undefined,
  false,
  ...tail,
];

function construct(file: string, ...values: unknown[]): Server {
  const { default: Class } = load(`azurite/dist/src/${file}.js`) as { default: Construct<Server> };
  return new Class(...values);
}

async function start(server: Server, service: "Table" | "Blob"): Promise<string> {
  await server.start();
  const endpoint = `${server.getHttpServerAddress()}/${account}`;
  return `AccountName=${account};AccountKey=${accountKey};DefaultEndpointsProtocol=http;${service}Endpoint=${endpoint};`;
}
