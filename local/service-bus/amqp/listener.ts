import type { AddressInfo } from "node:net";

import type { Broker } from "../broker.ts";
import { serveConnection, type ClientConnection } from "./connection.ts";
import { createContainer } from "./rhea.ts";

/** The listening end of a broker. */
export type Listener = {
  readonly port: number;
  readonly connections: ReadonlySet<ClientConnection>;
  close: () => Promise<void>;
};

/** What the service announces on a connection. */
const CONNECTION = { max_frame_size: 65_536, channel_max: 4_999, idle_time_out: 120_000 };

/** Starts to listen for AMQP connections; port 0 picks a free one. */
export async function listen(broker: Broker, port: number, host: string): Promise<Listener> {
  const container = createContainer({
    id: "embedded-service-bus",
    autoaccept: false,
    autosettle: false,
    treat_modified_as_released: false,
    tcp_no_delay: true,
    credit_window: 1000,
  });
  container.sasl_server_mechanisms.enable_anonymous();
  // What SDKs name when they bring a token: the identity is in the token put to $cbs, not in SASL.
  container.sasl_server_mechanisms["MSSBCBS"] = () => ({ outcome: true, start: () => {} });

  const connections = new Set<ClientConnection>();
  const server = container.listen({ port, host, ...CONNECTION });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const actualPort = (server.address() as AddressInfo).port;

  container.on("connection_open", ({ connection }) => {
    const client = serveConnection(broker, connection, `${host}:${actualPort}`);
    connections.add(client);
    connection.socket.once("close", () => connections.delete(client));
  });
  // A client that goes away without a word is an everyday thing.
  container.on("disconnected", () => {});
  container.on("connection_error", () => {});
  const report = (what: unknown) => process.stderr.write(`Service Bus: ${describe(what)}\n`);
  container.on("protocol_error", report);
  container.on("error", report);

  return {
    port: actualPort,
    connections,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const client of connections) client.drop();
      return closed;
    },
  };
}

function describe(problem: unknown): string {
  return problem instanceof Error ? (problem.stack ?? problem.message) : JSON.stringify(problem);
}
