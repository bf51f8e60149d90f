/** A binary heap: the value with the smallest key first. Keys never change; owners skip what is out of date. */
type Heap<T> = {
  readonly size: number;
  push: (key: number, value: T) => void;
  /** The smallest key, or Infinity when empty. */
  firstKey: () => number;
  pop: () => T | undefined;
  /** Drops every value that `keep` refuses. */
  filter: (keep: (value: T) => boolean) => void;
};

/** Creates an empty heap. Pushing ever larger keys costs O(1), popping O(log n). */
export function createHeap<T>(): Heap<T> {
  const keys: number[] = [];
  const values: T[] = [];

  const swap = (a: number, b: number) => {
    [keys[a], keys[b]] = [keys[b]!, keys[a]!];
    [values[a], values[b]] = [values[b]!, values[a]!];
  };

  const siftUp = (start: number) => {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent]! <= keys[at]!) return;
      swap(at, parent);
      at = parent;
    }
  };

  const siftDown = () => {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= keys.length) return;
      const right = left + 1;
      const child = right < keys.length && keys[right]! < keys[left]! ? right : left;
      if (keys[at]! <= keys[child]!) return;
      swap(at, child);
      at = child;
    }
  };

  const push = (key: number, value: T) => {
    keys.push(key);
    values.push(value);
    siftUp(keys.length - 1);
  };

  return {
    get size() {
      return keys.length;
    },
    push,
    firstKey: () => keys[0] ?? Infinity,
    pop() {
      if (keys.length === 0) return undefined;
      swap(0, keys.length - 1);
      keys.pop();
      const value = values.pop();
      siftDown();
      return value;
    },
    filter(keep) {
      const oldKeys = keys.splice(0);
      for (const [index, value] of values.splice(0).entries()) {
        if (keep(value)) push(oldKeys[index]!, value);
      }
    },
  };
}
