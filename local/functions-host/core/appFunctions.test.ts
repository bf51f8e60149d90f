import { expect, test } from "vitest";
import { createRouter } from "../http/router.ts";
import type { HostSettings } from "../settings/hostJson.ts";
import { readFunctions } from "./appFunctions.ts";
import type { Binding, RetryOptions } from "./coreTypes.ts";
import { createRegistry } from "./registry.ts";

const host = {
  functions: undefined,
  retry: undefined,
  serviceBus: { autoCompleteMessages: true },
} as HostSettings;

function read(
  bindings: Record<string, Record<string, Binding>>,
  environment: NodeJS.ProcessEnv = {},
  retryOptions?: RetryOptions,
) {
  const registry = createRegistry();
  for (const [name, own] of Object.entries(bindings))
    registry.functions.set(name, {
      metadata: { name, bindings: own, ...(retryOptions ? { retryOptions } : {}) },
      callback: () => undefined,
    });
  return readFunctions(registry, host, environment);
}

const http = (route: string, methods = ["GET"]) => ({
  trigger: { type: "httpTrigger", direction: "in" as const, route, methods },
});
const queue = (more: Record<string, unknown> = {}) => ({
  trigger: { type: "serviceBusTrigger", direction: "in" as const, connection: "SB", queueName: "q", ...more },
});
const timer = (schedule: string) => ({
  trigger: { type: "timerTrigger", direction: "in" as const, schedule },
});
const SB = { SB: "Endpoint=sb://x" };

test("functions are sorted by name and the first match wins, whatever is more specific", () => {
  const route = createRouter(
    read({ Zed: http("items/special"), alpha: http("items/{id}"), post: http("items/{id}", ["POST"]) }),
    "api",
  );
  expect(route("GET", "/api/items/special")?.appFunction.name).toBe("alpha");
  expect(route("POST", "/api/items/special")?.appFunction.name).toBe("post");
  expect(route("DELETE", "/api/items/special")).toBeUndefined();
});

test("values of a route are decoded, except for a slash", () => {
  const route = createRouter(read({ one: http("items/{id}") }), "");
  expect(route("GET", "/items/a%20b%2Fc")?.params).toEqual({ id: "a b%2Fc" });
  expect(route("GET", "/items/%E0%A4%A")?.params).toEqual({ id: "%E0%A4%A" });
});

test("a queue trigger is resolved: names, dead-letter queue, connection", () => {
  const [queueFunction, topicFunction] = read(
    {
      a: queue({ queueName: "%Q%/$deadLetterQueue", cardinality: "many", dataType: "binary" }),
      b: queue({ queueName: undefined, topicName: "t", subscriptionName: "s/$DeadLetterQueue" }),
    },
    { ...SB, Q: "events" },
  );
  expect(queueFunction!.trigger).toMatchObject({
    entity: { name: "events", deadLetter: true, path: "events/$deadLetterQueue" },
    connection: { connectionString: "Endpoint=sb://x" },
    many: true,
    binary: true,
    autoComplete: true,
  });
  expect(topicFunction!.trigger).toMatchObject({
    entity: { name: "t", subscription: "s", deadLetter: true },
  });
});

test("a function is disabled by either spelling of its setting", () => {
  const functions = read(
    { a: http("a"), b: http("b"), c: http("c") },
    { "AzureWebJobs.a.Disabled": "1", AzureWebJobs_b_Disabled: "True", "AzureWebJobs.c.Disabled": "0" },
  );
  expect(functions.map(({ disabled }) => disabled)).toEqual([true, true, false]);
});

test.each<[string, Record<string, Binding>, string]>([
  [
    "another trigger",
    { trigger: { type: "blobTrigger", direction: "in" } },
    "trigger type blobTrigger is not supported",
  ],
  [
    "an option of a trigger",
    queue({ maxMessageBatchSize: 5 }),
    "option maxMessageBatchSize is not supported",
  ],
  ["manual settlement", queue({ sdkBinding: true }), "sdkBinding is not supported"],
  [
    "an input",
    { ...queue(), in: { type: "table", direction: "in" } },
    "input binding table is not supported",
  ],
  [
    "another output",
    { ...queue(), out: { type: "queue", direction: "out" } },
    "output binding queue is not supported",
  ],
  ["an unresolved name", queue({ queueName: "%NONE%" }), "'%NONE%' does not resolve to a value."],
  [
    "a missing connection",
    queue({ connection: "None" }),
    "connection string with name 'None' does not exist",
  ],
  ["a reserved route", http("administration"), "conflicts with one or more built in routes"],
  ["a wrong schedule", timer("every day"), "the schedule 'every day' is not valid"],
  ["two triggers", { ...queue(), other: http("x").trigger }, "exactly one trigger"],
])("%s is refused by name", (_what, bindings, reason) => {
  expect(() => read({ f: bindings }, SB)).toThrow(`Function f: `);
  expect(() => read({ f: bindings }, SB)).toThrow(reason);
});

test("every refusal is told at once", () => {
  expect(() => read({ a: queue({ queueName: "%X%" }), "1b": http("b") }, SB)).toThrow(
    /Function a[\s\S]*Function 1b/,
  );
});

test("a retry policy waits as it says, and HTTP functions have none", () => {
  const backoff = { retryStrategy: "exponentialBackoff", maxRetryCount: 5 };
  const [retried] = read({ f: queue() }, SB, {
    ...backoff,
    minimumInterval: { seconds: 1 },
    maximumInterval: { seconds: 10 },
  });
  const { delayMs } = retried!.retry!;
  expect([1, 2, 3, 9].map((retry) => delayMs(retry, 0.5))).toEqual([1000, 2000, 4000, 10_000]);
  expect(delayMs(3, 0)).toBeCloseTo(3200);
  expect(() => read({ f: http("x") }, SB, backoff)).toThrow("not supported for HTTP triggers");
  expect(() => read({ f: queue() }, SB, { retryStrategy: "sometimes" })).toThrow("'sometimes' is not known");
});
