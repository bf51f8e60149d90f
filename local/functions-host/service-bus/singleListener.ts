import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import { subscribe } from "./receivers.ts";
import type { Listener } from "./receivers.ts";
import { settle } from "./settle.ts";
import { createSettleGate } from "./settleGate.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What a listener for single messages needs. */
export interface SingleListenerOptions {
  receiver: ServiceBusReceiver;
  entityPath: string;
  maxConcurrentCalls: number;
  autoComplete: boolean;
  trouble: TroubleLog;
  log: Log;
  /** Runs the function; says whether it succeeded. */
  run: (message: ServiceBusReceivedMessage) => Promise<boolean>;
  onActivity?: (idle: boolean) => void;
}

/** Runs a function with cardinality one, up to `maxConcurrentCalls` messages at the same time. */
export function listenToMessages(options: SingleListenerOptions): Listener {
  const { receiver, trouble, entityPath, log } = options;
  const gate = createSettleGate();
  const running = new Set<Promise<void>>();

  async function handle(message: ServiceBusReceivedMessage): Promise<void> {
    const succeeded = await options.run(message);
    if (succeeded && !options.autoComplete) return;
    const kind = succeeded ? "complete" : "abandon";
    await gate(kind, () => settle(receiver, kind, message, log));
  }

  const subscription = subscribe(receiver, options.maxConcurrentCalls, {
    async message(message) {
      options.onActivity?.(false);
      const work = handle(message);
      running.add(work);
      await work;
      running.delete(work);
      options.onActivity?.(running.size === 0);
    },
    failed: (error) => trouble.failed(entityPath, error),
    lockNotRenewed: (error) => log("warning", `A lock on ${entityPath} was not renewed: ${String(error)}`),
    linkOpen: () => trouble.works(entityPath),
  });
  return {
    async stop() {
      await subscription.close();
      await Promise.all(running);
      await receiver.close();
    },
  };
}
