import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { createBatchBuffer } from "./batchBuffer.ts";
import type { LinkListener } from "./listener.ts";
import { openLink } from "./link.ts";

/** What a listener for batches needs. */
interface BatchListenerOptions {
  receiver: ServiceBusReceiver;
  settings: ServiceBusSettings;
  autoComplete: boolean;
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
 * `maxMessageBatchSize + prefetchCount` messages are here, and the next batch fills while one runs.
 */
export function listenToBatches(options: BatchListenerOptions): LinkListener {
  const { receiver, settings, log, onOpen } = options;
  const buffer = createBatchBuffer<ServiceBusReceivedMessage>({
    minSize: settings.minMessageBatchSize,
    maxSize: settings.maxMessageBatchSize,
    maxWaitMs: settings.maxBatchWaitMs,
    async process(messages) {
      const succeeded = await options.run(messages);
      if (!succeeded) await link.settle("abandon", messages);
      else if (options.autoComplete) await link.settle("complete", messages);
    },
    onActivity: options.onActivity,
  });
  const link = openLink({
    receiver,
    maxConcurrentCalls: settings.maxMessageBatchSize + settings.prefetchCount,
    onMessage: (message) => buffer.add(message),
    onOpen,
    log,
  });
  return {
    lost: link.lost,
    async stop() {
      await link.pause();
      await link.settle("abandon", await buffer.stop());
      await link.close();
    },
  };
}
