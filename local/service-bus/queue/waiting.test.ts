import { array, assert, boolean, property } from "fast-check";
import { expect, test } from "vitest";

import type { Message } from "./message.ts";
import { createWaiting } from "./waiting.ts";

test("whatever leaves the line, the rest comes in order", () => {
  assert(
    property(array(boolean()), (leaves) => {
      const gone = new Set<Message>();
      const line = createWaiting((message) => !gone.has(message));
      const all = leaves.map((_, index) => ({ sequenceNumber: index + 1 }) as Message);
      for (const message of all) line.add(message);
      for (const message of all.filter((_, index) => leaves[index])) {
        gone.add(message);
        line.left();
      }
      const taken: Message[] = [];
      for (let next = line.take(); next; next = line.take()) taken.push(next);
      expect(taken).toEqual(all.filter((message) => !gone.has(message)));
    }),
  );
});

test("those that left are dropped once they are the majority", () => {
  const gone = new Set<Message>();
  let looks = 0;
  const line = createWaiting((message) => {
    looks += 1;
    return !gone.has(message);
  });
  const all = Array.from({ length: 1000 }, (_, index) => ({ sequenceNumber: index + 1 }) as Message);
  for (const message of all) line.add(message);
  for (const message of all.slice(0, 999)) {
    gone.add(message);
    line.left();
  }
  expect(looks).toBeLessThan(3000);
  looks = 0;
  expect(line.take()).toBe(all[999]);
  expect(looks).toBeLessThan(5);
});
