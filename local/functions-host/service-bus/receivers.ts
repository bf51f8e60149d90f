import type {
  MessageHandlers,
  ServiceBusClient,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
  ServiceBusReceiverOptions,
  ServiceBusSessionReceiver,
  SubscribeOptions,
} from "@azure/service-bus";
import type { Entity } from "../core/triggers.ts";

/** A running trigger. */
export interface Listener {
  /** Takes no more messages, lets the running ones end, and gives back what did not run. */
  stop: () => Promise<void>;
}

/** Opens a receiver that leaves bodies as bytes and renews locks for at most `renewalMs` (0 for never). */
export function createReceiver(
  client: ServiceBusClient,
  entity: Entity,
  renewalMs: number,
): ServiceBusReceiver {
  const options: ServiceBusReceiverOptions = {
    receiveMode: "peekLock",
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: finite(renewalMs),
    ...(entity.deadLetter ? { subQueueType: "deadLetter" } : {}),
  };
  return entity.subscription === undefined
    ? client.createReceiver(entity.name, options)
    : client.createReceiver(entity.name, entity.subscription, options);
}

/** Waits for the next session that nobody holds. Rejects with code ServiceTimeout when there is none. */
export function acceptSession(
  client: ServiceBusClient,
  entity: Entity,
  renewalMs: number,
  abortSignal: AbortSignal,
): Promise<ServiceBusSessionReceiver> {
  const options = {
    receiveMode: "peekLock",
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: finite(renewalMs),
    abortSignal,
  } as const;
  return entity.subscription === undefined
    ? client.acceptNextSession(entity.name, options)
    : client.acceptNextSession(entity.name, entity.subscription, options);
}

/** A renewal "for ever" has to fit a timer. */
function finite(milliseconds: number): number {
  return Math.min(milliseconds, 2 ** 31 - 1);
}

/** What a subscription tells its listener. */
export interface ReceiverEvents {
  message: (message: ServiceBusReceivedMessage) => Promise<void>;
  /** Receiving does not work; the client keeps trying by itself. */
  failed: (error: unknown) => void;
  lockNotRenewed: (error: unknown) => void;
  /** A link is about to be opened: the first one, or a new one after a loss. */
  linkOpening?: () => void;
  linkOpen?: () => void;
}

/**
 * Subscribes without automatic settlement. The two link events ride on handlers that the client library
 * (7.9.5) calls but does not publish in its types; without them a recovery could not be told from silence.
 */
export function subscribe(
  receiver: ServiceBusReceiver,
  maxConcurrentCalls: number,
  events: ReceiverEvents,
): ReturnType<ServiceBusReceiver["subscribe"]> {
  const handlers: MessageHandlers & Record<"preInitialize" | "postInitialize", () => Promise<void>> = {
    processMessage: events.message,
    processError: async ({ error, errorSource }) => {
      if (errorSource === "renewLock") events.lockNotRenewed(error);
      else events.failed(error);
    },
    preInitialize: async () => events.linkOpening?.(),
    postInitialize: async () => events.linkOpen?.(),
  };
  const options: SubscribeOptions = { autoCompleteMessages: false, maxConcurrentCalls };
  return receiver.subscribe(handlers, options);
}
