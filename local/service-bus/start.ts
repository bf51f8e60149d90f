import { listen } from "./amqp/listener.ts";
import { SHARED_ACCESS_KEY, SHARED_ACCESS_KEY_NAME } from "./amqp/sas.ts";
import { createBroker } from "./broker.ts";
import { type Clock, systemClock } from "./clock.ts";
import { parseEntities } from "./entities.ts";
import type { FaultQueue } from "./faults.ts";
import type { Operations } from "./operations.ts";

/** The message limit of the Standard tier, in bytes. */
const STANDARD_MAX_MESSAGE_BYTES = 262_144;

/** How an embedded Service Bus is started. */
type ServiceBusOptions = {
  /** 0 picks a free port. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** ":memory:", or the path of a file that is created when missing. */
  store: string;
  /** The content of an entities file; see entities.json. */
  entities: unknown;
  /** Default: the time of the machine. */
  clock?: Clock;
  /** Default: 256 KB, the limit of the Standard tier. */
  maxMessageBytes?: number;
};

/** The state of one queue. `active` counts locked messages too; `oldestEnqueuedAt` is ms since the epoch. */
export type QueueStats = {
  active: number;
  scheduled: number;
  deferred: number;
  deadLetter: number;
  locked: number;
  oldestEnqueuedAt: number | null;
};

/** Disturbances for tests. */
type ServiceBusFaults = Pick<FaultQueue, "push" | "clear"> & {
  /** Detaches every link to an entity with an error condition. */
  detachAll: (entity: string, condition: string) => void;
  /** Drops every connection without a word. */
  dropConnections: () => void;
};

/** A running embedded Service Bus. */
export type ServiceBus = {
  port: number;
  connectionString: string;
  stats: () => Record<string, QueueStats>;
  operations: () => Operations;
  resetOperations: () => void;
  faults: ServiceBusFaults;
  close: () => Promise<void>;
};

/** Starts an embedded Service Bus: an AMQP broker for the unmodified SDK. */
export async function startServiceBus(options: ServiceBusOptions): Promise<ServiceBus> {
  const host = options.host ?? "127.0.0.1";
  const broker = createBroker({
    store: options.store,
    entities: parseEntities(options.entities),
    clock: options.clock ?? systemClock,
    maxMessageBytes: options.maxMessageBytes ?? STANDARD_MAX_MESSAGE_BYTES,
  });
  const listener = await listen(broker, options.port, host).catch((error: unknown) => {
    broker.stop();
    throw error;
  });

  return {
    port: listener.port,
    connectionString:
      `Endpoint=sb://${host}:${listener.port};SharedAccessKeyName=${SHARED_ACCESS_KEY_NAME};` +
      `SharedAccessKey=${SHARED_ACCESS_KEY};UseDevelopmentEmulator=true`,
    stats: () =>
      Object.fromEntries(
        broker.queues.map(({ queue, deadLetters }) => {
          const { oldestEnqueuedAt, ...counts } = queue.counts();
          const deadLetter = deadLetters.counts().active + deadLetters.counts().deferred;
          return [queue.settings.name, { ...counts, deadLetter, oldestEnqueuedAt: oldestEnqueuedAt ?? null }];
        }),
      ),
    operations: () => structuredClone(broker.operations),
    resetOperations: broker.resetOperations,
    faults: {
      push: broker.faults.push,
      clear: broker.faults.clear,
      detachAll(entity, condition) {
        for (const client of listener.connections) client.detach(entity, condition);
      },
      dropConnections() {
        for (const client of listener.connections) client.drop();
      },
    },
    async close() {
      await listener.close();
      broker.stop();
    },
  };
}
