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
