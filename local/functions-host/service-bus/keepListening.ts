import type { LinkListener, Listener } from "./listener.ts";
import { createRetryDelay } from "./retryDelay.ts";
import type { TroubleLog } from "./troubleLog.ts";

/** What is kept up. */
interface KeepListeningOptions {
  entityPath: string;
  trouble: TroubleLog;
  /** Starts to listen on a new link. */
  open: () => LinkListener;
}

/**
 * Listens on one link after the other until it is stopped. The next link is opened when the work of the lost
 * one has ended, so that a function never has more going on than its settings allow.
 */
export function keepListening({ entityPath, trouble, open }: KeepListeningOptions): Listener {
  const stopping = new AbortController();
  const stopped = new Promise<"stop">((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve("stop"), { once: true });
  });

  async function run(): Promise<void> {
    const retryDelay = createRetryDelay();
    while (!stopping.signal.aborted) {
      const openedAt = performance.now();
      const listener = open();
      const end = await Promise.race([listener.lost, stopped]);
      if (end !== undefined && end !== "stop") trouble.failed(entityPath, end);
      await listener.stop();
      if (end !== "stop") await retryDelay(performance.now() - openedAt, stopping.signal);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
