import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/** A server that answers at `url` until it is closed. */
export type Listening = { url: string; port: number; close(): Promise<void> };

/**
 * Opens a port (0: any free one) and then builds the app, which so knows its own address.
 * Rejects with Node's own error (`EADDRINUSE`, `EACCES`) when the port cannot be had.
 */
export async function listen(
  { port, host }: { port: number; host: string },
  build: (url: string) => Hono,
): Promise<Listening> {
  const state: { app?: Hono } = {};
  const server = createAdaptorServer({
    fetch: (request, bindings) => state.app?.fetch(request, bindings) ?? new Response(null, { status: 503 }),
  }) as Server;
  server.listen(port, host);
  await once(server, "listening");
  const actualPort = (server.address() as AddressInfo).port;
  const url = `http://${host}:${actualPort}`;
  state.app = build(url);
  return {
    url,
    port: actualPort,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
