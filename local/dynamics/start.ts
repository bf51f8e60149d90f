import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { openStore } from "./data/store.ts";
import { openEnvironment } from "./environments.ts";
import type { EnvironmentIdentity } from "./environments.ts";
import { environmentHandle } from "./handle.ts";
import type { EnvironmentHandle, HostedEnvironment } from "./handle.ts";
import { sampleMessageCharset } from "./sample.ts";
import { createAccess } from "./web-api/access.ts";
import type { Authorize } from "./web-api/access.ts";
import { createFaults } from "./web-api/faults.ts";
import { defaultTimes } from "./webhooks/deliver.ts";
import type { DeliveryTimes } from "./webhooks/deliver.ts";
import { setWebhook } from "./webhooks/registration.ts";
import type { Webhook } from "./webhooks/registration.ts";

/** How to start. */
export type DynamicsOptions = {
  /** 0 takes any free port. */
  port: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** A file that keeps everything across restarts, or `:memory:`. */
  store: string;
  environments: readonly (EnvironmentIdentity & {
    /** Where changes are sent; left out, an earlier registration in the store stays as it is. */
    webhook?: Webhook | undefined;
    /** How a new endpoint is registered; see {@link sampleMessageCharset}. */
    messageCharset?: 0 | 1 | undefined;
  })[];
  /** Checks bearer tokens. Left out, the Web API asks for none. */
  authorize?: Authorize | undefined;
  /** Named in the 401 challenge. */
  authorizationUri?: string;
  /** The time, where `setClock` does not say otherwise. */
  clock?: () => Date;
  /** Waiting times of deliveries; tests shorten them. */
  times?: Partial<DeliveryTimes>;
};

/** The simulated Dynamics 365, serving. */
export type Dynamics = {
  url: string;
  port: number;
  /** One environment by its id; an unknown id is a mistake of the caller. */
  environment: (id: string) => EnvironmentHandle;
  /** Points an environment's endpoint at an address, or removes it. */
  setWebhook: (id: string, webhook: Webhook | null) => void;
  /** Stops the clock at an instant; null lets it run again. */
  setClock: (now: string | null) => void;
  /** Resolves when every delivery has been answered, also those that deliveries under way may still add. */
  idle: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts a Dataverse environment for each organization: Web API, webhooks and pages on one port. */
export async function startDynamics(options: DynamicsOptions): Promise<Dynamics> {
  const store = openStore(options.store);
  const stopping = new AbortController();
  let fixedNow: Date | undefined;
  let url = "";

  const hosted = new Map<string, HostedEnvironment>();
  for (const { webhook, messageCharset, ...identity } of options.environments) {
    const running = openEnvironment(identity, {
      store: store.environment(identity.id),
      now: () => fixedNow ?? options.clock?.() ?? new Date(),
      times: { ...defaultTimes, ...options.times },
      stop: stopping.signal,
      domainName: () => new URL(url).host,
    });
    const charset = messageCharset ?? sampleMessageCharset(identity.id);
    if (webhook) setWebhook(running.env, webhook, charset);
    hosted.set(identity.id, {
      ...running,
      charset,
      faults: createFaults(),
      url: () => `${url}/${identity.id}`,
    });
  }
  const find = (id: string) => {
    const environment = hosted.get(id);
    if (!environment)
      throw new RangeError(`There is no environment "${id}": ${[...hosted.keys()].join(", ")}.`);
    return environment;
  };

  const dynamics: Omit<Dynamics, "url" | "port" | "close"> = {
    environment: (id) => environmentHandle(find(id)),
    setWebhook: (id, webhook) => setWebhook(find(id).env, webhook, find(id).charset),
    setClock: (now) => {
      fixedNow = now === null ? undefined : parseInstant(now);
    },
    idle: async () => {
      await Promise.all([...hosted.values()].map(({ dispatcher }) => dispatcher.idle()));
    },
  };
  const access = createAccess(
    options.authorize,
    options.authorizationUri ?? "https://login.microsoftonline.com/",
  );
  const app = createApp({ hosted, access, control: dynamics });
  const host = options.host ?? "127.0.0.1";
  const { port, stop } = await listen(app.fetch, options.port, host);
  url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}`;
  for (const { resume } of hosted.values()) resume();

  return {
    ...dynamics,
    url,
    port,
    close: async () => {
      stopping.abort();
      await Promise.all([...hosted.values()].map(({ dispatcher }) => dispatcher.close()));
      await stop();
      store.close();
    },
  };
}

function parseInstant(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new RangeError(`"${text}" is not an ISO 8601 instant.`);
  return instant;
}

type Fetch = (request: Request) => Response | Promise<Response>;

function listen(
  fetch: Fetch,
  port: number,
  hostname: string,
): Promise<{ port: number; stop: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, (info) => {
      const stop = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ port: info.port, stop });
    });
    server.once("error", reject);
  });
}
