import type { Message, MessageLock, Session, Waiting } from "./message.ts";

/** A receiver that wants messages as they come. */
export type Consumer = {
  /** The session it holds; undefined on a queue without sessions. */
  readonly session: Session | undefined;
  readonly receiveAndDelete: boolean;
  /** How many messages it can be given now. */
  capacity: () => number;
  /** Receives one message; `lock` is undefined in receive-and-delete mode. */
  deliver: (message: Message, lock: MessageLock | undefined) => void;
};

/** The receivers of one queue. */
type Consumers = {
  add: (consumer: Consumer) => void;
  remove: (consumer: Consumer) => void;
  /** Gives what waits to those who want it: each in turn one message, so that none starves. */
  serve: () => void;
};

/**
 * Creates an empty set of receivers. `line` is where a consumer's messages wait, `take` the next of them
 * that has not expired, `hand` locks or removes it and delivers.
 */
export function createConsumers(
  line: (consumer: Consumer) => Waiting,
  take: (waiting: Waiting) => Message | undefined,
  hand: (message: Message, consumer: Consumer) => void,
): Consumers {
  const consumers: Consumer[] = [];

  return {
    add: (consumer) => consumers.push(consumer),
    remove(consumer) {
      const at = consumers.indexOf(consumer);
      if (at >= 0) consumers.splice(at, 1);
    },
    serve() {
      let ready = consumers.map((consumer) => ({ consumer, capacity: consumer.capacity() }));
      while (ready.length > 0) {
        ready = ready.filter((entry) => {
          if (entry.capacity <= 0) return false;
          const message = take(line(entry.consumer));
          if (!message) return false;
          hand(message, entry.consumer);
          entry.capacity -= 1;
          return true;
        });
      }
      const first = consumers.shift();
      if (first) consumers.push(first);
    },
  };
}
