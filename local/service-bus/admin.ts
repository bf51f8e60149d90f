import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { ServiceBus } from "./start.ts";

/** A small HTTP window into the broker, for the start script, load tests and the curious. */
export type Admin = { port: number; close(): Promise<void> };

/** Serves GET /health and GET /queues (stats and operation counters) on 127.0.0.1; port 0 picks a free one. */
export async function startAdmin(serviceBus: ServiceBus, port: number): Promise<Admin> {
  const answers: Record<string, () => unknown> = {
    "/health": () => ({ status: "ok" }),
    "/queues": () => ({ queues: serviceBus.stats(), operations: serviceBus.operations() }),
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const answer = request.method === "GET" ? answers[path] : undefined;
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(answer?.() ?? { error: "Ask GET /health or GET /queues." }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}
