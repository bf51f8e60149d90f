import { createServer, request as httpRequest, Agent } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { kindOfRequest } from "./tableRequest.ts";

/** Requests to Table Storage by table and kind, such as `SyncLog transaction` or `Records point read`. */
type TableCounts = ReadonlyMap<string, number>;

/** A proxy in front of Table Storage that counts what passes. */
interface TableProxy {
  port: number;
  /** What has passed since the last call. */
  takeCounts(): TableCounts;
  close(): Promise<void>;
}

/** A batch names its table in its first operation, which lies in the first few hundred bytes. */
const sniffedBytes = 4_096;

/** Starts a proxy to the Table Storage on a port of this machine. It changes nothing: the signature does not cover the host. */
export async function startTableProxy(upstreamPort: number): Promise<TableProxy> {
  let counts = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    void pass(request, response);
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const kind = kindOfRequest(
      request.method ?? "",
      request.url ?? "",
      body.toString("latin1", 0, sniffedBytes),
    );
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const { method, url, headers } = request;
    const onward = httpRequest(
      { host: "127.0.0.1", port: upstreamPort, agent, method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    takeCounts() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    close() {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
