/** Collects messages into batches and runs one batch at a time. */
interface BatchBuffer<T> {
  /** Resolves when the batch with this item has been processed. */
  add: (item: T) => Promise<void>;
  /** Starts no more batches, waits for the running one, and returns what was never processed. */
  stop: () => Promise<T[]>;
}

/** How batches are cut. */
interface BatchBufferOptions<T> {
  /** A batch with fewer items waits for more, at most `maxWaitMs` from its first item on. */
  minSize: number;
  maxSize: number;
  maxWaitMs: number;
  process: (items: T[]) => Promise<void>;
  /** Called on every arrival and end of a batch; `idle` when nothing is left to do. */
  onActivity?: ((idle: boolean) => void) | undefined;
}

/**
 * A batch fires one turn of the event loop after its first item arrived, so that everything from the same
 * packet travels together without any waiting time.
 */
export function createBatchBuffer<T>(options: BatchBufferOptions<T>): BatchBuffer<T> {
  const { minSize, maxSize, maxWaitMs, process, onActivity } = options;
  const waiting: { item: T; since: number; done: () => void }[] = [];
  let running: Promise<void> | undefined;
  let scheduled: NodeJS.Immediate | undefined;
  let patience: NodeJS.Timeout | undefined;
  let stopped = false;

  function schedule(): void {
    const [first] = waiting;
    if (stopped || running || scheduled || !first) return;
    const patienceMs = first.since + maxWaitMs - performance.now();
    if (waiting.length >= minSize || patienceMs <= 0) scheduled = setImmediate(fire);
    else patience ??= setTimeout(fire, patienceMs);
  }

  function fire(): void {
    clearTimeout(patience);
    [scheduled, patience] = [undefined, undefined];
    if (stopped || running || waiting.length === 0) return;
    running = runBatch(waiting.splice(0, maxSize));
  }

  async function runBatch(batch: typeof waiting): Promise<void> {
    await process(batch.map(({ item }) => item));
    for (const { done } of batch) done();
    running = undefined;
    schedule();
    onActivity?.(waiting.length === 0);
  }

  return {
    add(item) {
      return new Promise((done) => {
        waiting.push({ item, since: performance.now(), done });
        onActivity?.(false);
        schedule();
      });
    },
    async stop() {
      stopped = true;
      clearImmediate(scheduled);
      clearTimeout(patience);
      await running;
      return waiting.map(({ item }) => item);
    },
  };
}
