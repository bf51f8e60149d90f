import { once } from "node:events";
import net from "node:net";
import { expect, test } from "vitest";
import type { LoadedApp } from "../core/loadFunctions.ts";
import type { StartMessage } from "../protocol.ts";
import { createHttpServer } from "./httpServer.ts";

const app = {
  functions: [],
  host: {
    http: {
      routePrefix: "api",
      maxOutstandingRequests: -1,
      maxConcurrentRequests: -1,
      customHeaders: new Map(),
    },
  },
} as unknown as LoadedApp;

test("a stop answers the request of a connection that has just come, and then closes it", async () => {
  const server = createHttpServer({
    app,
    start: { cors: null, authKey: null } as StartMessage,
    admin: async () => {},
    log: () => {},
    sendOutputs: async () => {},
  });
  const listener = net.createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const client = net.connect((listener.address() as net.AddressInfo).port, "127.0.0.1").setEncoding("utf8");
  const [socket] = (await once(listener, "connection")) as [net.Socket];
  server.serve(socket);
  const stopped = server.stop();
  client.write("GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  let answer = "";
  client.on("data", (text: string) => (answer += text));
  await once(client, "close");
  expect(answer).toMatch(/^HTTP\/1\.1 404 .*connection: close/is);
  await stopped;
  listener.close();
});
