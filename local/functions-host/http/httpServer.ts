import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { AppFunction } from "../core/appFunctions.ts";
import type { InvocationResponse } from "../core/coreTypes.ts";
import type { LoadedApp } from "../core/loadFunctions.ts";
import { describeError } from "../core/log.ts";
import type { Log } from "../core/log.ts";
import type { StartMessage } from "../protocol.ts";
import { allowAll, requireKey } from "./authorization.ts";
import { answerBuffered } from "./bufferedMode.ts";
import { bodyLimit } from "./requestBody.ts";
import { createRequestListener } from "./requestListener.ts";
import type { HttpSideOptions } from "./requestListener.ts";
import { answerStreaming } from "./streamMode.ts";

/** What the HTTP server is made of. */
interface HttpServerOptions {
  app: LoadedApp;
  start: StartMessage;
  admin: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
  log: Log;
  sendOutputs: (appFunction: AppFunction, response: InvocationResponse) => Promise<void>;
}

/** How long an idle connection stays open: that of the real host's server. */
const KEEP_ALIVE_MS = 130_000;

/** How long a stop waits for the first request of connections that have just come. */
const FIRST_REQUEST_MS = 250;

/** An HTTP server without a port: it serves the sockets it is given. */
interface HttpServer {
  serve: (socket: Socket) => void;
  /** Lets requests end that run or are on their way over a new connection, then closes every connection. */
  stop: () => Promise<void>;
}

/** Puts routing, keys and limits in front of the mode that the app chose. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { app, start, log } = options;
  const server = http.createServer(
    createRequestListener({
      functions: app.functions,
      settings: app.host.http,
      cors: start.cors ?? undefined,
      environment: process.env,
      isAuthorized: start.authKey === null ? allowAll : requireKey(start.authKey),
      admin: options.admin,
      answer: createAnswer(options),
      warn: (message) => log("warning", message),
    }),
  );
  // The limit is on one invocation (functionTimeout), not on how long a client takes to send its request.
  server.requestTimeout = 0;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on("clientError", (_error, socket) => {
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  const connections = new Set<Socket>();
  const busy = new Set<ServerResponse>();
  let onIdle = () => {};
  let stopping = false;
  // Before the request listener, which may answer at once.
  server.prependListener("request", (_request, response: ServerResponse) => {
    busy.add(response);
    if (stopping) response.setHeader("connection", "close");
    response.once("close", () => {
      busy.delete(response);
      if (busy.size === 0) onIdle();
    });
  });

  return {
    serve(socket) {
      connections.add(socket);
      socket.once("close", () => connections.delete(socket));
      server.emit("connection", socket);
    },
    async stop() {
      stopping = true;
      server.closeIdleConnections();
      for (const response of busy) if (!response.headersSent) response.setHeader("connection", "close");
      // What a client sends over a connection that was accepted before the stop has to reach someone.
      const isNew = [...connections].some((socket) => socket.bytesRead === 0);
      if (isNew) await delay(FIRST_REQUEST_MS);
      if (busy.size > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      for (const socket of connections) socket.destroySoon();
    },
  };
}

/** One function for both modes, so that a request takes no decision that was taken at the start. */
function createAnswer({ app, log, sendOutputs }: HttpServerOptions): HttpSideOptions["answer"] {
  const common = {
    invoker: app.invoker,
    sendOutputs,
    onError: (functionName: string, error: unknown) =>
      log("error", `Executed 'Functions.${functionName}' (Failed): ${describeError(error)}`),
  };
  const { streamServer } = app;
  if (!streamServer) {
    const options = { ...common, maxBodyBytes: bodyLimit(process.env) };
    return (match, request, response, url) => answerBuffered(options, match, request, response, url);
  }
  const onNoAnswer = (functionName: string) =>
    log(
      "error",
      `Function ${functionName} returned nothing in the stream mode. In Azure this request is never answered; return {} or {status: 204}.`,
    );
  const options = { ...common, streamServer, onNoAnswer };
  return (match, request, response, url) => answerStreaming(options, match, request, response, url);
}
