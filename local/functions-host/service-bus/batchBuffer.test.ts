import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createBatchBuffer } from "./batchBuffer.ts";

let batches: number[][];
let finish: (() => void)[];
beforeEach(() => {
  vi.useFakeTimers();
  batches = [];
  finish = [];
});
afterEach(() => void vi.useRealTimers());

function create(options: { minSize?: number; maxSize?: number } = {}) {
  return createBatchBuffer<number>({
    minSize: options.minSize ?? 1,
    maxSize: options.maxSize ?? 3,
    maxWaitMs: 30_000,
    process(items) {
      batches.push(items);
      return new Promise((resolve) => finish.push(resolve));
    },
  });
}

const turn = () => vi.advanceTimersByTimeAsync(0);

/** Whether a promise has been fulfilled so far. */
function track(promise: Promise<void>): () => boolean {
  let fulfilled = false;
  void (async () => {
    await promise;
    fulfilled = true;
  })();
  return () => fulfilled;
}

test("a batch fires at once with what arrived in the same turn; the next one has what came meanwhile", async () => {
  const buffer = create();
  void buffer.add(1);
  void buffer.add(2);
  await turn();
  for (const item of [3, 4, 5, 6]) void buffer.add(item);
  await turn();
  expect(batches).toEqual([[1, 2]]);
  finish.shift()!();
  await turn();
  finish.shift()!();
  await turn();
  expect(batches).toEqual([[1, 2], [3, 4, 5], [6]]);
});

test("an item is done when its batch is", async () => {
  const buffer = create();
  const done = track(buffer.add(1));
  await turn();
  expect(done()).toBe(false);
  finish.shift()!();
  await turn();
  expect(done()).toBe(true);
});

test("with a minimum, a batch waits for it, but not longer than the wait time", async () => {
  const buffer = create({ minSize: 2 });
  void buffer.add(1);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(batches).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(batches).toEqual([[1]]);
  finish.shift()!();
  void buffer.add(2);
  void buffer.add(3);
  await turn();
  expect(batches).toEqual([[1], [2, 3]]);
});

test("a stop waits for the running batch and returns what was not processed", async () => {
  const buffer = create({ maxSize: 1 });
  for (const item of [1, 2, 3]) void buffer.add(item);
  await turn();
  const stopped = buffer.stop();
  finish.shift()!();
  expect(await stopped).toEqual([2, 3]);
  await turn();
  expect(batches).toEqual([[1]]);
});
