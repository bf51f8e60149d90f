import type { Clock } from "./clock.ts";
import type { Entities } from "./entities.ts";
import { createFaultQueue, type FaultQueue } from "./faults.ts";
import { createOperations, type Operations } from "./operations.ts";
import { setProperties } from "./amqp/writeMessage.ts";
import { createQueue, type Queue } from "./queue/queue.ts";
import { deadLetterSettings, queueSettings } from "./queue/settings.ts";
import { openStore } from "./sqliteStore.ts";
import { createTurn, type Turn } from "./turn.ts";

/** The queues and all that the AMQP side shares. */
export type Broker = {
  readonly clock: Clock;
  readonly turn: Turn;
  readonly faults: FaultQueue;
  readonly maxMessageBytes: number;
  readonly operations: Operations;
  resetOperations: () => void;
  /** The queue or dead-letter sub-queue at an address; names are not case-sensitive, as in the service. */
  find: (address: string) => Queue | undefined;
  /** Every configured queue with its dead-letter sub-queue. */
  readonly queues: readonly { queue: Queue; deadLetters: Queue }[];
  stop: () => void;
};

/** How a broker is built. */
type BrokerOptions = {
  readonly store: string;
  readonly entities: Entities;
  readonly clock: Clock;
  readonly maxMessageBytes: number;
};

/** Opens the store, creates the queues and gives them back what was kept. */
export function createBroker(options: BrokerOptions): Broker {
  const store = openStore(options.store);
  const turn = createTurn(store.begin, store.commit);
  const byAddress = new Map<string, Queue>();
  let operations = createOperations();

  const queues = options.entities.queues.map((entity) => {
    const settings = queueSettings(entity);
    const queueStore = store.queue(entity.name, turn.write);
    const build = (own: typeof settings, deadLetters: Queue | undefined): Queue => {
      const queue: Queue = createQueue(own, {
        clock: options.clock,
        store: queueStore,
        wake: () => turn.wake(queue.serve),
        setProperties,
        deadLetters,
      });
      byAddress.set(own.name.toLowerCase(), queue);
      return queue;
    };
    const deadLetters = build(deadLetterSettings(settings), undefined);
    const queue = build(settings, deadLetters);
    const stored = queueStore.load();
    queue.restore(stored);
    for (const message of stored.deadLetters) deadLetters.bury(message);
    return { queue, deadLetters };
  });

  return {
    clock: options.clock,
    turn,
    faults: createFaultQueue(),
    maxMessageBytes: options.maxMessageBytes,
    get operations() {
      return operations;
    },
    resetOperations() {
      operations = createOperations();
    },
    find: (address) => byAddress.get(address.toLowerCase()),
    queues,
    stop() {
      for (const { queue, deadLetters } of queues) {
        queue.stop();
        deadLetters.stop();
      }
      turn.finish();
      store.close();
    },
  };
}
