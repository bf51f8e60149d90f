import { createRequire } from "node:module";
import type * as identity from "@azure/identity";
import { RetryMode, ServiceBusClient } from "@azure/service-bus";
import type { ServiceBusClientOptions } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { ServiceBusConnection } from "../settings/connections.ts";
import { createTroubleLog } from "./troubleLog.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** One Service Bus connection of the settings. Clients connect with their first use. */
interface Namespace {
  /**
   * A client for one link: faults are reported at once and never retried. Whoever opens it closes it. A new
   * one for each link, because the recovery of a lost connection goes on inside of its client and would hit
   * whatever is opened there next.
   */
  openForReceiving: () => ServiceBusClient;
  /** For waiting for sessions, which may take as long as the host's `tryTimeout`. */
  sessions: ServiceBusClient;
  sending: ServiceBusClient;
  trouble: TroubleLog;
}

/** Hands out one namespace per connection and closes them all. */
export interface Namespaces {
  get: (connection: ServiceBusConnection) => Namespace;
  close: () => Promise<void>;
}

const RETRIES = { mode: RetryMode.Exponential, retryDelayInMs: 200, maxRetryDelayInMs: 2000 };
const OPERATION_TIMEOUT_MS = 15_000;
const require = createRequire(import.meta.url);

/** `sessionWaitMs` is how long one request for a session stays at the broker. */
export function createNamespaces(log: Log, sessionWaitMs: number): Namespaces {
  const namespaces = new Map<string, Namespace>();
  return {
    get(connection) {
      const key = JSON.stringify(connection);
      const existing = namespaces.get(key);
      if (existing) return existing;
      const open = (maxRetries: number, timeoutInMs: number) =>
        openClient(connection, { retryOptions: { ...RETRIES, maxRetries, timeoutInMs } });
      const namespace = {
        openForReceiving: () => open(0, OPERATION_TIMEOUT_MS),
        sessions: open(0, sessionWaitMs),
        sending: open(3, OPERATION_TIMEOUT_MS),
        trouble: createTroubleLog(addressOf(connection), log),
      };
      namespaces.set(key, namespace);
      return namespace;
    },
    async close() {
      const clients = [...namespaces.values()].flatMap(({ sessions, sending }) => [sessions, sending]);
      await Promise.allSettled(clients.map((client) => client.close()));
    },
  };
}

function openClient(connection: ServiceBusConnection, options: ServiceBusClientOptions): ServiceBusClient {
  if ("connectionString" in connection) return new ServiceBusClient(connection.connectionString, options);
  const { fullyQualifiedNamespace, clientId, tenantId } = connection;
  // Loading this package takes longer than all others together, and connection strings do without it.
  const { DefaultAzureCredential } = require("@azure/identity") as typeof identity;
  const credential = new DefaultAzureCredential({
    ...(clientId ? { managedIdentityClientId: clientId } : {}),
    ...(tenantId ? { tenantId } : {}),
  });
  return new ServiceBusClient(fullyQualifiedNamespace, credential, options);
}

/** Host and port as the settings have them; never the key. */
function addressOf(connection: ServiceBusConnection): string {
  if ("fullyQualifiedNamespace" in connection) return connection.fullyQualifiedNamespace;
  return /Endpoint=sb:\/\/([^/;]+)/i.exec(connection.connectionString)?.[1] ?? "namespace";
}
