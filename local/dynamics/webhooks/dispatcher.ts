import type { WebhookJob } from "./job.ts";

/** Sends jobs concurrently, in no promised order. */
export type Dispatcher = {
  add: (job: WebhookJob) => void;
  /** Resolves when every job that was added has ended. */
  idle: () => Promise<void>;
  /** Starts nothing more and waits for what runs. */
  close: () => Promise<void>;
};

/** How many deliveries of one environment are under way at a time. */
const CONCURRENCY = 64;

/** Runs `send` for each job. `send` must not throw: what cannot be sent is an outcome that it records. */
export function createDispatcher(send: (job: WebhookJob) => Promise<void>): Dispatcher {
  const queue: WebhookJob[] = [];
  const running = new Set<Promise<void>>();
  const waiters: (() => void)[] = [];
  let closed = false;

  const start = (job: WebhookJob) => {
    const sending = send(job).finally(() => {
      running.delete(sending);
      next();
    });
    running.add(sending);
  };
  const next = () => {
    if (!closed) queue.splice(0, CONCURRENCY - running.size).forEach(start);
    if (running.size === 0 && (closed || queue.length === 0)) for (const wake of waiters.splice(0)) wake();
  };

  const settled = () => new Promise<void>((resolve) => (waiters.push(resolve), next()));
  return {
    add: (job) => {
      queue.push(job);
      next();
    },
    idle: settled,
    close: async () => {
      closed = true;
      await settled();
    },
  };
}
