import { expect, it } from "vitest";
import { createOneAtATime } from "./oneAtATime.ts";

it("runs tasks of one key in order, after failures too, and those of other keys beside them", async () => {
  const oneAtATime = createOneAtATime();
  const log: string[] = [];
  const gate = Promise.withResolvers<void>();
  const first = oneAtATime("a", async () => {
    await gate.promise;
    log.push("first");
    throw new Error("failed");
  });
  const second = oneAtATime("a", async () => log.push("second"));
  await oneAtATime("b", async () => log.push("other"));
  expect(log).toEqual(["other"]);
  gate.resolve();
  await expect(first).rejects.toThrow("failed");
  await second;
  expect(log).toEqual(["other", "first", "second"]);
});

it("lets those that wait fail at once with what concerns all of them, and those that come later run", async () => {
  const oneAtATime = createOneAtATime((error) => (error as Error).message === "away");
  let runs = 0;
  const fail = async () => {
    runs += 1;
    throw new Error("away");
  };
  const waiting = [1, 2, 3].map(() => oneAtATime("a", fail));
  for (const one of waiting) await expect(one).rejects.toThrow("away");
  expect(runs).toBe(1);
  expect(await oneAtATime("a", async () => "done")).toBe("done");
});
