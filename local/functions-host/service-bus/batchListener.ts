import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { createBatchBuffer } from "./batchBuffer.ts";
import { subscribe } from "./receivers.ts";
import type { Listener } from "./receivers.ts";
import { settleAll } from "./settle.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What a listener for batches needs. */
export interface BatchListenerOptions {
  receiver: ServiceBusReceiver;
  entityPath: string;
  settings: ServiceBusSettings;
  autoComplete: boolean;
  trouble: TroubleLog;
  log: Log;
  /** Runs the function; says whether it succeeded. */
  run: (messages: ServiceBusReceivedMessage[]) => Promise<boolean>;
  /** Called whenever a message arrives or a batch ends. */
  onActivity?: (idle: boolean) => void;
}

/**
 * Runs a function with cardinality many: one batch at a time, each with whatever has arrived by then.
 * Success completes every message (with autoComplete), failure abandons every one.
 *
 * Messages stream in rather than being asked for, because the client's `receiveMessages` waits a second
 * after the first one. A message holds one credit of the link until its batch is settled, so at most
 * `maxMessageBatchSize + prefetchCount` messages are here, and the next batch fills while one runs.
 */
export function listenToBatches(options: BatchListenerOptions): Listener {
  const { receiver, settings, trouble, entityPath, log } = options;
  const buffer = createBatchBuffer<ServiceBusReceivedMessage>({
    minSize: settings.minMessageBatchSize,
    maxSize: settings.maxMessageBatchSize,
    maxWaitMs: settings.maxBatchWaitMs,
    async process(messages) {
      const succeeded = await options.run(messages);
      if (!succeeded) await settleAll(receiver, "abandon", messages, log);
      else if (options.autoComplete) await settleAll(receiver, "complete", messages, log);
    },
    ...(options.onActivity ? { onActivity: options.onActivity } : {}),
  });
  const subscription = subscribe(receiver, settings.maxMessageBatchSize + settings.prefetchCount, {
    message: (message) => buffer.add(message),
    failed: (error) => trouble.failed(entityPath, error),
    lockNotRenewed: (error) => log("warning", `A lock on ${entityPath} was not renewed: ${String(error)}`),
    linkOpening: () => buffer.forget(),
    linkOpen: () => trouble.works(entityPath),
  });
  return {
    async stop() {
      await subscription.close();
      const unprocessed = await buffer.stop();
      if (!receiver.isClosed) await settleAll(receiver, "abandon", unprocessed, log);
      await receiver.close();
    },
  };
}
