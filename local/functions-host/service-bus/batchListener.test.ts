import type { MessageHandlers, ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ServiceBusSettings } from "../settings/serviceBusSettings.ts";
import { listenToBatches } from "./batchListener.ts";
import type { LinkListener } from "./listener.ts";

const lockMs = 30_000;
const lockedUntil = () => new Date(Date.now() + lockMs);

let handlers: MessageHandlers;
let batches: unknown[][];
let abandoned: unknown[];
let finish: () => void;
let listener: LinkListener;
const renewMessageLock = vi.fn<(message: ServiceBusReceivedMessage) => Promise<Date>>(
  async (message) => (message.lockedUntilUtc = lockedUntil()),
);

/** A receiver whose messages come from `receive`. */
const receiver = {
  entityPath: "arrivals",
  isClosed: false,
  subscribe(given: MessageHandlers) {
    handlers = given;
    return { close: async () => {} };
  },
  renewMessageLock,
  completeMessage: async () => {},
  abandonMessage: async ({ body }: ServiceBusReceivedMessage) => void abandoned.push(body),
  close: async () => {},
} as unknown as ServiceBusReceiver;

const turn = () => vi.advanceTimersByTimeAsync(0);
const receive = (body: string) => {
  void handlers.processMessage({ body, lockedUntilUtc: lockedUntil() } as ServiceBusReceivedMessage);
  return turn();
};

beforeEach(() => {
  vi.useFakeTimers();
  [batches, abandoned] = [[], []];
  listener = listenToBatches({
    receiver,
    settings: {
      minMessageBatchSize: 1,
      maxMessageBatchSize: 10,
      prefetchCount: 0,
      maxBatchWaitMs: 0,
    } as ServiceBusSettings,
    autoComplete: true,
    renewalMs: Infinity,
    log: () => {},
    onOpen: () => {},
    run(messages) {
      batches.push(messages.map(({ body }) => body as unknown));
      return new Promise((resolve) => (finish = () => resolve(true)));
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

it("keeps the locks of messages that wait while a long batch runs, but not those of the batch", async () => {
  await receive("first");
  await receive("second");
  await vi.advanceTimersByTimeAsync(3 * lockMs);
  expect(new Set(renewMessageLock.mock.calls.map(([{ body }]) => body as unknown))).toEqual(
    new Set(["second"]),
  );
  finish();
  await turn();
  expect(batches).toEqual([["first"], ["second"]]);
  const renewals = renewMessageLock.mock.calls.length;
  await vi.advanceTimersByTimeAsync(3 * lockMs);
  expect(renewMessageLock).toHaveBeenCalledTimes(renewals);
});

it("renews nothing on a link that is lost", async () => {
  await receive("first");
  await receive("second");
  await handlers.processError({
    error: new Error("gone"),
    errorSource: "receive",
    entityPath: "",
    fullyQualifiedNamespace: "",
    identifier: "",
  });
  await vi.advanceTimersByTimeAsync(3 * lockMs);
  expect(renewMessageLock).not.toHaveBeenCalled();
});

it("gives back what did not run when it stops", async () => {
  await receive("first");
  await receive("second");
  const stopped = listener.stop();
  await turn();
  finish();
  await stopped;
  expect(abandoned).toEqual(["second"]);
  await vi.advanceTimersByTimeAsync(3 * lockMs);
  expect(renewMessageLock).not.toHaveBeenCalled();
});
