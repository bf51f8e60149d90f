import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import { keepLock } from "./keepLock.ts";
import type { LinkListener } from "./listener.ts";
import { openLink } from "./link.ts";
import { createSettleGate } from "./settleGate.ts";

/** What a listener for single messages needs. */
interface SingleListenerOptions {
  receiver: ServiceBusReceiver;
  maxConcurrentCalls: number;
  autoComplete: boolean;
  /** How long a message's lock is renewed while its function runs, in milliseconds; 0 where a session holds the lock. */
  renewalMs: number;
  log: Log;
  onOpen: () => void;
  /** Runs the function; says whether it succeeded. */
  run: (message: ServiceBusReceivedMessage) => Promise<boolean>;
  /** Called whenever a message arrives or has been settled; `idle` when nothing is left to do. */
  onActivity?: ((idle: boolean) => void) | undefined;
}

/** Runs a function with cardinality one, up to `maxConcurrentCalls` messages at the same time. */
export function listenToMessages(options: SingleListenerOptions): LinkListener {
  const { receiver, log, maxConcurrentCalls, onOpen, onActivity } = options;
  const gate = createSettleGate();
  const running = new Set<Promise<void>>();

  async function handle(message: ServiceBusReceivedMessage): Promise<void> {
    const letGo = keepLock(receiver, message, options.renewalMs, log);
    const succeeded = await options.run(message);
    letGo();
    if (succeeded && !options.autoComplete) return;
    const kind = succeeded ? "complete" : "abandon";
    await gate(kind, () => link.settle(kind, [message]));
  }

  async function onMessage(message: ServiceBusReceivedMessage): Promise<void> {
    onActivity?.(false);
    const work = handle(message);
    running.add(work);
    await work;
    running.delete(work);
    onActivity?.(running.size === 0);
  }

  const link = openLink({ receiver, maxConcurrentCalls, onMessage, onOpen, log });
  return {
    lost: link.lost,
    async stop() {
      await link.pause();
      await Promise.all(running);
      await link.close();
    },
  };
}
