import { expect, it } from "vitest";
import { forEachLimited } from "./forEachLimited.ts";

it("runs every item, and never more than the limit side by side", async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  await forEachLimited([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running -= 1;
    done.push(item);
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

it("goes on after a failure and rejects with the first one at the end", async () => {
  const begun: number[] = [];
  const all = forEachLimited([1, 2, 3], 1, async (item) => {
    begun.push(item);
    if (item < 3) throw new Error(`item ${item}`);
  });
  await expect(all).rejects.toThrow("item 1");
  expect(begun).toEqual([1, 2, 3]);
});

it("has nothing to do without items", async () => {
  await expect(forEachLimited([], 4, () => Promise.reject(new Error("never")))).resolves.toBeUndefined();
});
