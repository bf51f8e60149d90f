import { EventEmitter } from "node:events";
import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { randomUUID } from "node:crypto";
import type { AppFunction } from "../core/appFunctions.ts";
import type { InvocationResponse, ProgrammingModel, TypedData } from "../core/coreTypes.ts";
import type { Invoker, Outcome } from "../core/invocation.ts";
import type { RouteMatch } from "./router.ts";

/** Hands a request to the library's stream server. */
export type StreamServer = EventEmitter;

/**
 * Asks the library for its capabilities. With `app.setup({ enableHttpStream: true })` it starts an HTTP
 * server of its own during that call, for the host to forward raw requests to. Here that server is a stand-in
 * which never opens a port: requests reach the library as events, without a second trip through TCP.
 */
export async function readCapabilities(
  model: ProgrammingModel,
): Promise<{ capabilities: Record<string, string>; streamServer: StreamServer | undefined }> {
  const createServer = http.createServer;
  let captured: StreamServer | undefined;
  http.createServer = (() => {
    captured = Object.assign(new EventEmitter(), {
      listen: (onListening: () => void) => queueMicrotask(onListening),
      address: () => ({ address: "in-process", family: "none", port: 1 }),
    });
    return captured;
  }) as unknown as typeof http.createServer;
  try {
    const capabilities = (await model.getCapabilities?.({})) ?? {};
    return { capabilities, streamServer: "HttpUri" in capabilities ? captured : undefined };
  } finally {
    http.createServer = createServer;
  }
}

/** What the stream mode needs for each request. */
interface StreamModeOptions {
  invoker: Invoker;
  streamServer: StreamServer;
  onError: (functionName: string, error: unknown) => void;
  onNoAnswer: (functionName: string) => void;
  sendOutputs: (appFunction: AppFunction, response: InvocationResponse) => Promise<void>;
}

/**
 * The mode of `enableHttpStream`: bodies flow both ways without being held in memory. In Azure a handler
 * that throws or returns nothing is never answered at all (a known fault of the library); here it is a 500
 * or a 204 at once, and the log says so.
 */
export async function answerStreaming(
  options: StreamModeOptions,
  match: RouteMatch,
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
): Promise<void> {
  const { registration, triggerName, name, outputs } = match.appFunction;
  const invocationId = randomUUID();
  const metadata = triggerMetadata(match, request, url);
  const { host } = request.headers;
  request.headers["x-ms-invocation-id"] = invocationId;
  request.headers["x-forwarded-host"] = host ?? "localhost";
  request.headers["x-forwarded-proto"] = "http";
  options.streamServer.emit("request", request, response);
  let outcome: Outcome | undefined;
  try {
    outcome = await options.invoker.invoke(
      registration,
      { bindingName: triggerName, data: { http: {} }, metadata },
      invocationId,
    );
    if (outcome.error !== undefined) throw outcome.error;
    if (outcome.result === undefined || outcome.result === null) options.onNoAnswer(name);
    const answer = await outcome.model.getResponse(outcome.context, outcome.result ?? { status: 204 });
    if (outputs.length > 0) await options.sendOutputs(match.appFunction, answer);
  } catch (error) {
    options.onError(name, error);
    if (response.headersSent) response.destroy();
    else if (outcome) await outcome.model.getResponse(outcome.context, { status: 500 });
    else response.writeHead(500, { "content-length": 0 }).end();
  }
}

/** In this mode the library takes headers and parameters from here: query values count as parameters too. */
function triggerMetadata(
  match: RouteMatch,
  request: IncomingMessage,
  url: string,
): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = {};
  const start = url.indexOf("?");
  if (start !== -1)
    for (const [key, value] of new URLSearchParams(url.slice(start + 1)))
      if (key !== "code") metadata[key] = { string: value };
  for (const [key, value] of Object.entries(match.params)) metadata[key] = { string: value };
  metadata["Headers"] = { json: JSON.stringify(request.headers) };
  return metadata;
}
