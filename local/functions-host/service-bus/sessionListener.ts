import type { ServiceBusSessionReceiver } from "@azure/service-bus";
import type { LinkListener, Listener } from "./listener.ts";
import { createRetryDelay } from "./retryDelay.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What a listener for sessions needs. */
interface SessionListenerOptions {
  entityPath: string;
  /** Sessions worked on at the same time. */
  maxConcurrentSessions: number;
  /** A session without messages for this long is given back. */
  idleMs: number;
  trouble: TroubleLog;
  /** Waits for a session; rejects with code ServiceTimeout when there is none. */
  accept: (abort: AbortSignal) => Promise<ServiceBusSessionReceiver>;
  /** Starts to work on a session's messages. */
  listen: (receiver: ServiceBusSessionReceiver, onActivity: (idle: boolean) => void) => LinkListener;
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
  const { trouble, entityPath } = options;
  const retryDelay = createRetryDelay();
  // The client cannot be called off while it waits for a session; at a stop its connection is closed.
  const stopped = new Promise<undefined>((resolve) => {
    stopping.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  while (!stopping.aborted) {
    const askedAt = performance.now();
    try {
      const receiver = await Promise.race([options.accept(stopping), stopped]);
      trouble.works(entityPath);
      if (receiver) await workOnSession(options, receiver, stopped);
    } catch (error) {
      if (stopping.aborted) return;
      const isFree = (error as { code?: string }).code === "ServiceTimeout";
      if (isFree) trouble.works(entityPath);
      else trouble.failed(entityPath, error);
      if (!isFree) await retryDelay(performance.now() - askedAt, stopping);
    }
  }
}

/** Ends when the session had no message for `idleMs`, when its lock or link is lost, or at the stop. */
async function workOnSession(
  options: SessionListenerOptions,
  receiver: ServiceBusSessionReceiver,
  stopped: Promise<undefined>,
): Promise<void> {
  const ended = Promise.withResolvers<undefined>();
  const end = () => ended.resolve(undefined);
  let idleTimer: NodeJS.Timeout | undefined;
  const onActivity = (idle: boolean) => {
    clearTimeout(idleTimer);
    if (idle) idleTimer = setTimeout(end, options.idleMs);
  };
  const listener = options.listen(receiver, onActivity);
  onActivity(true);
  const reason = await Promise.race([listener.lost, ended.promise, stopped]);
  if (reason !== undefined) options.trouble.failed(options.entityPath, reason);
  await listener.stop();
  clearTimeout(idleTimer);
}
