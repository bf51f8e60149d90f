import type {
  MessageHandlers,
  ServiceBusReceivedMessage,
  ServiceBusReceiver,
  SubscribeOptions,
} from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import { within } from "../core/within.ts";
import { settleAll } from "./settle.ts";
import type { SettleKind } from "./settleGate.ts";

/** One link to a queue, over which messages stream in. */
export interface Link {
  /** Resolves with the reason, if there is one, when the link is gone or could not be opened. */
  lost: Promise<unknown>;
  /** Settles messages, all in the same way. Never rejects; on a lost link it gives up at once. */
  settle: (kind: SettleKind, messages: ServiceBusReceivedMessage[]) => Promise<void>;
  /** Asks for no more messages; those that are here can still be settled. */
  pause: () => Promise<void>;
  close: () => Promise<void>;
}

/** What is listened with, and to whom it is told. */
interface LinkOptions {
  receiver: ServiceBusReceiver;
  /** Messages that may be here unsettled. */
  maxConcurrentCalls: number;
  onMessage: (message: ServiceBusReceivedMessage) => Promise<void>;
  onOpen: () => void;
  log: Log;
}

/** How long to wait for the broker's goodbye, in milliseconds. */
const CLOSING_MS = 2000;
/** How soon a session that the broker took away is noticed; the client closes its receiver silently. */
const CLOSED_CHECK_MS = 500;

/**
 * Subscribes without automatic settlement, for the life of one link. The client library (7.9.5) would open a
 * lost link again by itself, but several attempts of it can run at once; so the first sign of a loss is the
 * end here, and whoever listens opens a new receiver. The two link events ride on handlers that the library
 * calls and does not publish in its types.
 */
export function openLink({ receiver, onMessage, onOpen, log, maxConcurrentCalls }: LinkOptions): Link {
  const lost = Promise.withResolvers<unknown>();
  let state: "new" | "opening" | "lost" = "new";
  const lose = (reason: unknown) => {
    state = "lost";
    lost.resolve(reason);
    clearInterval(closedCheck);
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
  const closedCheck = setInterval(() => {
    if (receiver.isClosed) lose(undefined);
  }, CLOSED_CHECK_MS);
  return {
    lost: lost.promise,
    async settle(kind, messages) {
      if (state !== "lost") await Promise.race([settleAll(receiver, kind, messages, log), lost.promise]);
    },
    pause: () => (state === "lost" ? Promise.resolve() : pause()),
    async close() {
      clearInterval(closedCheck);
      await within(CLOSING_MS, receiver.close());
    },
  };
}
