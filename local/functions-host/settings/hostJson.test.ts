import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readHostSettings } from "./hostJson.ts";

const directory = mkdtempSync(path.join(tmpdir(), "host-json-"));
afterAll(() => rmSync(directory, { recursive: true }));

function read(content: unknown, environment: NodeJS.ProcessEnv = {}) {
  writeFileSync(path.join(directory, "host.json"), JSON.stringify(content));
  return readHostSettings(directory, environment);
}

test("an empty host.json has the defaults of the real host", () => {
  const settings = read({ version: "2.0" });
  expect(settings).toMatchObject({
    functionTimeoutMs: 1_800_000,
    http: { routePrefix: "api", maxOutstandingRequests: -1, maxConcurrentRequests: -1 },
    serviceBus: {
      prefetchCount: 0,
      autoCompleteMessages: true,
      maxAutoLockRenewalMs: 300_000,
      maxConcurrentSessions: 8,
      maxMessageBatchSize: 1000,
      minMessageBatchSize: 1,
      maxBatchWaitMs: 30_000,
      sessionIdleMs: 60_000,
    },
  });
});

test("settings are read without regard to case, legacy names included, and the environment wins", () => {
  const content = {
    version: "2.0",
    functionTimeout: "-1",
    extensions: {
      http: { RoutePrefix: "/v1/" },
      servicebus: { batchOptions: { maxMessageCount: 50 }, sessionIdleTimeout: "00:00:02.5" },
    },
  };
  const settings = read(content, {
    AzureFunctionsJobHost__extensions__http__routePrefix: "",
    AzureFunctionsJobHost__extensions__serviceBus__prefetchCount: "7",
  });
  expect(settings.functionTimeoutMs).toBe(Number.POSITIVE_INFINITY);
  expect(settings.http.routePrefix).toBe("");
  expect(settings.serviceBus).toMatchObject({
    maxMessageBatchSize: 50,
    prefetchCount: 7,
    sessionIdleMs: 2500,
  });
});

test.each([
  [
    "an extension it does not have",
    { extensions: { eventHubs: { batchCheckpointFrequency: 5 } } },
    "extensions:eventHubs:batchCheckpointFrequency is not supported",
  ],
  [
    "a misspelt setting",
    { extensions: { serviceBus: { maxMessageBatchSiz: 5 } } },
    "maxMessageBatchSiz is not supported",
  ],
  [
    "a transport",
    { extensions: { serviceBus: { transportType: "amqpWebSockets" } } },
    "transportType amqpWebSockets",
  ],
  [
    "a value out of range",
    { extensions: { serviceBus: { maxConcurrentCalls: 0 } } },
    "must be a whole number of at least 1",
  ],
  ["a timeout shorter than it can check", { functionTimeout: "00:00:00.9" }, "at least 1 second"],
  [
    "an unknown log level",
    { logging: { logLevel: { "Function.a.User": "Warn" } } },
    'logging:logLevel:Function.a.User is "Warn"; it must be Trace',
  ],
  ["a value that is no time", { functionTimeout: "5 minutes" }, "must be a time like 00:05:00"],
  [
    "batches the client cannot hold",
    { extensions: { serviceBus: { maxMessageBatchSize: 2000, prefetchCount: 100 } } },
    "at most 2048",
  ],
  ["a wrong version", { version: "1.0" }, 'it must be "2.0"'],
])("%s is refused by name", (_what, content, reason) => {
  expect(() => read({ version: "2.0", ...content })).toThrow(reason);
});

test("everything that is wrong is told at once", () => {
  expect(() => read({ version: "2.0", functionTimeout: "x", durableTask: { hubName: "h" } })).toThrow(
    /functionTimeout[\s\S]*durableTask:hubName/,
  );
});

test("a missing host.json says what the least is", () => {
  expect(() => readHostSettings(path.join(directory, "elsewhere"), {})).toThrow('{"version": "2.0"}');
});
