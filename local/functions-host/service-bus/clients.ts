import { createRequire } from "node:module";
import type * as identity from "@azure/identity";
import { RetryMode, ServiceBusClient } from "@azure/service-bus";
import type { ServiceBusClientOptions } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { ServiceBusConnection } from "../settings/connections.ts";
import { createTroubleLog } from "./troubleLog.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What is shared by all functions on one Service Bus connection. Connections open with their first use. */
export interface Namespace {
  /** For receiving messages: faults are reported at once and tried again by the receiver itself. */
  receiving: ServiceBusClient;
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

/** Short enough that a broker which comes back is noticed within two seconds. */
const QUICK = { mode: RetryMode.Exponential, retryDelayInMs: 200, maxRetryDelayInMs: 2000 };
const OPERATION_TIMEOUT_MS = 15_000;
const require = createRequire(import.meta.url);

export function createNamespaces(log: Log, sessionWaitMs: number): Namespaces {
  const namespaces = new Map<string, Namespace>();
  return {
    get(connection) {
      const key = JSON.stringify(connection);
      const existing = namespaces.get(key);
      if (existing) return existing;
      const open = (maxRetries: number, timeoutInMs: number) =>
        openClient(connection, { retryOptions: { ...QUICK, maxRetries, timeoutInMs } });
      const receiving = open(0, OPERATION_TIMEOUT_MS);
      const namespace = {
        receiving,
        sessions: open(0, sessionWaitMs),
        sending: open(3, OPERATION_TIMEOUT_MS),
        trouble: createTroubleLog(addressOf(connection), log),
      };
      namespaces.set(key, namespace);
      return namespace;
    },
    async close() {
      const clients = [...namespaces.values()].flatMap(({ receiving, sessions, sending }) => [
        receiving,
        sessions,
        sending,
      ]);
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
