import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { createBatchBuffer } from "./batchBuffer.ts";
import { keepLock } from "./keepLock.ts";
import type { LinkListener } from "./listener.ts";
import { openLink } from "./link.ts";

/** What a listener for batches needs. */
interface BatchListenerOptions {
  receiver: ServiceBusReceiver;
  settings: ServiceBusSettings;
  autoComplete: boolean;
  /** How long the lock of a message is renewed while it waits for its batch; 0 where a session holds the lock. */
  renewalMs: number;
  log: Log;
  onOpen: () => void;
  /** Runs the function; says whether it succeeded. */
  run: (messages: ServiceBusReceivedMessage[]) => Promise<boolean>;
  /** Called whenever a message arrives or a batch ends. */
  onActivity?: ((idle: boolean) => void) | undefined;
}

/**
 * Runs a function with cardinality many: one batch at a time, each with whatever has arrived by then.
 * Success completes every message (with autoComplete), failure abandons every one.
 *
 * Messages stream in rather than being asked for, because the client's `receiveMessages` waits a second
 * after the first one. A message holds one credit of the link until its batch is settled, so at most
 * `maxMessageBatchSize + prefetchCount` messages are here, and the next batch fills while one runs. Until then
 * their locks are renewed, so that a batch starts with at least half of each.
 */
export function listenToBatches(options: BatchListenerOptions): LinkListener {
  const { receiver, settings, log, onOpen } = options;
  const waiting = new Map<ServiceBusReceivedMessage, () => void>();
  const letGo = (messages: Iterable<ServiceBusReceivedMessage>) => {
    for (const message of messages) {
      waiting.get(message)?.();
      waiting.delete(message);
    }
  };
  const buffer = createBatchBuffer<ServiceBusReceivedMessage>({
    minSize: settings.minMessageBatchSize,
    maxSize: settings.maxMessageBatchSize,
    maxWaitMs: settings.maxBatchWaitMs,
    async process(messages) {
      letGo(messages);
      const succeeded = await options.run(messages);
      if (!succeeded) await link.settle("abandon", messages);
      else if (options.autoComplete) await link.settle("complete", messages);
    },
    onActivity: options.onActivity,
  });
  const link = openLink({
    receiver,
    maxConcurrentCalls: settings.maxMessageBatchSize + settings.prefetchCount,
    onMessage(message) {
      waiting.set(message, keepLock(receiver, message, options.renewalMs, log));
      return buffer.add(message);
    },
    onOpen,
    log,
  });
  // On a lost link a lock can be neither renewed nor given back.
  void link.lost.then(() => letGo(waiting.keys()));
  return {
    lost: link.lost,
    async stop() {
      await link.pause();
      const unprocessed = await buffer.stop();
      letGo(unprocessed);
      await link.settle("abandon", unprocessed);
      await link.close();
    },
  };
}
