import type {
  MessageHandlers,
  ServiceBusClient,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
  ServiceBusReceiverOptions,
  ServiceBusSessionReceiver,
  SubscribeOptions,
} from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { Entity } from "../core/triggers.ts";
import { within } from "../core/within.ts";

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

/** Messages on their way from one link. */
export interface Subscription {
  /** Resolves with the reason, if there is one, when the link is gone or could not be opened. */
  lost: Promise<unknown>;
  isLost: () => boolean;
  /** Asks for no more messages; those that are here can still be settled. */
  pause: () => Promise<void>;
  close: () => Promise<void>;
}

/** What is listened with, and to whom it is told. */
export interface SubscribeTo {
  receiver: ServiceBusReceiver;
  /** Messages that may be here unsettled. */
  maxConcurrentCalls: number;
  onMessage: (message: ServiceBusReceivedMessage) => Promise<void>;
  /** The link is open. */
  onOpen: () => void;
  log: Log;
}

/** How long to wait for the broker's goodbye, in milliseconds. */
const CLOSING_MS = 2000;

/**
 * Subscribes without automatic settlement, for the life of one link. The client library (7.9.5) would open a
 * lost link again by itself, but several attempts of it can run at once; so the first sign of a loss is the
 * end here, and whoever listens opens a new receiver. The two link events ride on handlers that the library
 * calls and does not publish in its types.
 */
export function subscribe({
  receiver,
  onMessage,
  onOpen,
  log,
  maxConcurrentCalls,
}: SubscribeTo): Subscription {
  const lost = Promise.withResolvers<unknown>();
  let state: "new" | "opening" | "lost" = "new";
  const lose = (reason: unknown) => {
    state = "lost";
    lost.resolve(reason);
    // Said before the library goes on, this keeps it from opening the link again.
    void pause();
  };
  const handlers: MessageHandlers & Record<"preInitialize" | "postInitialize", () => Promise<void>> = {
    processMessage: onMessage,
    async processError({ error, errorSource }) {
      if (errorSource !== "renewLock") lose(error);
      else log("warning", `A lock on ${receiver.entityPath} was not renewed: ${error.message}`);
    },
    async preInitialize() {
      if (state === "new") state = "opening";
      else lose(undefined);
    },
    async postInitialize() {
      if (state !== "lost") onOpen();
    },
  };
  const options: SubscribeOptions = { autoCompleteMessages: false, maxConcurrentCalls };
  const subscription = receiver.subscribe(handlers, options);
  const pause = () => within(CLOSING_MS, subscription.close());
  return {
    lost: lost.promise,
    isLost: () => state === "lost",
    pause: () => (state === "lost" ? Promise.resolve() : pause()),
    close: () => within(CLOSING_MS, receiver.close()),
  };
}
