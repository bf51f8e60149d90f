import { afterAll } from "vitest";
import { sampleEnvironments } from "../sample.ts";
import { startDynamics } from "../start.ts";
import type { Dynamics, DynamicsOptions } from "../start.ts";
import type { EnvironmentHandle } from "../handle.ts";
import { startReceiver } from "./receiver.ts";
import type { Receiver } from "./receiver.ts";

/** A running simulation whose webhooks arrive at a receiver. */
type TestDynamics = {
  dynamics: Dynamics;
  contoso: EnvironmentHandle;
  receiver: Receiver;
  /** Calls the Web API of contoso. A plain object becomes a JSON body. */
  api: (path: string, options?: ApiOptions) => Promise<ApiAnswer>;
};

/** A Web API call. */
type ApiOptions = { method?: string; body?: unknown; headers?: Record<string, string> };

/** Its answer; `body` is what the JSON says, or the text where it is none. */
export type ApiAnswer = { status: number; headers: Headers; body: any };

/** Starts all sample environments in memory, with waiting times of nearly nothing; stops them after the tests. */
export async function startTestDynamics(options: Partial<DynamicsOptions> = {}): Promise<TestDynamics> {
  const receiver = await startReceiver();
  const dynamics = await startDynamics({
    port: 0,
    store: ":memory:",
    times: { beforeRetry: 1 },
    environments: sampleEnvironments.map((environment) => ({
      ...environment,
      webhook: { url: `${receiver.url}/${environment.id}`, key: `key of ${environment.id}` },
    })),
    ...options,
  });
  afterAll(async () => {
    await dynamics.close();
    await receiver.close();
  });
  const contoso = dynamics.environment("contoso");
  return {
    dynamics,
    contoso,
    receiver,
    api: (path, call) =>
      callApi(path.startsWith("http") ? path : `${contoso.environmentUrl}/api/data/v9.2/${path}`, call),
  };
}

/** Calls an address of a Web API. */
export async function callApi(
  url: string,
  { method = "GET", body, headers }: ApiOptions = {},
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
