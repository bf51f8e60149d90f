/** Runs tasks with the same key one after the other, in the order of the calls; tasks with other keys run beside them. */
type OneAtATime = <R>(key: string, task: () => Promise<R>) => Promise<R>;

/**
 * Two tasks that write the same records would only meet each other's conflicts; within one process they can wait instead.
 * Those that wait behind a task that fails with something that `concernsAll` fail with it at once.
 */
export function createOneAtATime(concernsAll: (error: unknown) => boolean = () => false): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const before = last.get(key);
    const result = before === undefined ? task() : before.then(task);
    const ended = result.catch((error: unknown) => {
      if (concernsAll(error)) throw error;
    });
    ended.catch(() => {});
    last.set(key, ended);
    try {
      return await result;
    } finally {
      if (last.get(key) === ended) last.delete(key);
    }
  };
}
