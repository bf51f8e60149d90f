import type { ServiceBusSessionReceiver } from "@azure/service-bus";
import { createRetryDelay } from "./keepListening.ts";
import type { LinkListener, Listener } from "./listener.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What a listener for sessions needs. */
export interface SessionListenerOptions {
  entityPath: string;
  /** Sessions worked on at the same time. */
  maxConcurrentSessions: number;
  /** A session without messages for this long is given back. */
  idleMs: number;
  trouble: TroubleLog;
  /** Waits for a session; rejects with code ServiceTimeout when there is none. */
  accept: (abort: AbortSignal) => Promise<ServiceBusSessionReceiver>;
  /** Starts to work on a session's messages. */
  listen: (receiver: ServiceBusSessionReceiver, onActivity: (idle: boolean) => void) => Listener;
}

/** Works on sessions: accepts one, runs its messages until it is idle or lost, gives it back, takes the next. */
export function listenToSessions(options: SessionListenerOptions): Listener {
  const stopping = new AbortController();
  const workers = Array.from({ length: options.maxConcurrentSessions }, () => work(options, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(workers);
    },
  };
}

async function work(options: SessionListenerOptions, stopping: AbortSignal): Promise<void> {
  // The client cannot be called off while it waits for a session; at a stop its connection is closed.
  const aborted = new Promise<undefined>((resolve) => {
    stopping.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  let retryMs = FIRST_RETRY_MS;
  while (!stopping.aborted) {
    try {
      const receiver = await Promise.race([options.accept(stopping), aborted]);
      if (!receiver) return;
      options.trouble.works(options.entityPath);
      retryMs = FIRST_RETRY_MS;
      await workOnSession(options, receiver, stopping);
    } catch (error) {
      if (stopping.aborted) return;
      if ((error as { code?: string }).code === "ServiceTimeout") {
        options.trouble.works(options.entityPath);
        continue;
      }
      options.trouble.failed(options.entityPath, error);
      await delay(retryMs, undefined, { signal: stopping }).catch(() => undefined);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
  }
}

/** Ends when the session had no message for `idleMs`, when its lock or link is lost, or at the stop. */
async function workOnSession(
  options: SessionListenerOptions,
  receiver: ServiceBusSessionReceiver,
  stopping: AbortSignal,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onActivity = (idle: boolean) => {
    clearTimeout(timer);
    if (idle) timer = setTimeout(ended.resolve, options.idleMs);
  };
  stopping.addEventListener("abort", () => ended.resolve(), { once: true, signal: over.signal });
  const listener = options.listen(receiver, onActivity);
  const watch = setInterval(() => {
    if (receiver.isClosed) ended.resolve();
  }, SESSION_CHECK_MS);
  onActivity(true);
  await ended.promise;
  over.abort();
  clearTimeout(timer);
  clearInterval(watch);
  await listener.stop();
}

/** How soon a session that the broker took away is noticed; the client closes its receiver silently. */
const SESSION_CHECK_MS = 500;
