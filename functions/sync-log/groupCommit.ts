/** Lets concurrent callers share transactions: one commit per key at a time, and the next takes all that wait. */
interface GroupCommit<Item, Result> {
  add(key: string, item: Item): Promise<Result>;
}

interface Waiting<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * `take` says how many of those waiting go into the next commit (at least one). A commit that throws fails its
 * own items only; those behind it and other keys go on.
 */
export function createGroupCommit<Item, Result>(options: {
  take(waiting: Iterable<Item>): number;
  commit(key: string, items: Item[]): Promise<Result[]>;
}): GroupCommit<Item, Result> {
  const queues = new Map<string, Waiting<Item, Result>[]>();

  async function drain(key: string, queue: Waiting<Item, Result>[]): Promise<void> {
    // What a caller adds in one go is in the queue before the first group is taken.
    await Promise.resolve();
    while (queue.length > 0) {
      const group = queue.splice(0, Math.max(1, options.take(itemsOf(queue))));
      try {
        const results = await options.commit(
          key,
          group.map((waiting) => waiting.item),
        );
        for (const [index, waiting] of group.entries()) waiting.resolve(results[index] as Result);
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
    }
    queues.delete(key);
  }

  return {
    add(key, item) {
      return new Promise((resolve, reject) => {
        const waiting = { item, resolve, reject };
        const queue = queues.get(key);
        if (queue) {
          queue.push(waiting);
          return;
        }
        const fresh = [waiting];
        queues.set(key, fresh);
        void drain(key, fresh);
      });
    },
  };
}

function* itemsOf<Item, Result>(queue: readonly Waiting<Item, Result>[]): Iterable<Item> {
  for (const waiting of queue) yield waiting.item;
}
