import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fullBatch, inPortions } from "./portions.ts";

/** Works off so many items on a clock of its own, each portion taking so long, and tells what was done in order. */
async function workedOff(count: number, tookMs: number): Promise<string[]> {
  const done: string[] = [];
  let now = 0;
  const services = { clock: () => now, sleep: async (ms: number) => done.push(`rest ${ms}`) };
  const items = Array.from({ length: count }, (_, index) => index);
  await inPortions(items, services, async (portion) => {
    now += tookMs;
    done.push(`${portion[0]} to ${portion.at(-1)}`);
  });
  return done;
}

test("every item is worked off once and in order, with a rest between the portions", async () => {
  expect(await workedOff(50, 20)).toEqual(["0 to 23", "rest 20", "24 to 47", "rest 20", "48 to 49"]);
  expect(await workedOff(24, 20)).toEqual(["0 to 23"]);
  expect(await workedOff(0, 30)).toEqual([]);
});

test("no rest is so long that arriving events would catch up", async () => {
  expect(await workedOff(25, 200)).toEqual(["0 to 23", "rest 25", "24 to 24"]);
});

test("after a portion that storage held up for long comes all that is left at once", async () => {
  expect(await workedOff(70, 9_000)).toEqual(["0 to 23", "24 to 69"]);
  expect(await workedOff(24, 9_000)).toEqual(["0 to 23"]);
});

test("a failure ends the work: the messages come again together", async () => {
  const seen: number[] = [];
  const services = { clock: () => 0, sleep: async () => {} };
  const work = inPortions([...Array(60).keys()], services, async ([first = 0]) => {
    seen.push(first);
    if (first === 24) throw new Error("away");
  });
  await expect(work).rejects.toThrow("away");
  expect(seen).toEqual([0, 24]);
});

test("a batch is full when it is as large as the host makes them", async () => {
  const host = JSON.parse(await readFile(new URL("../../host.json", import.meta.url), "utf8"));
  expect(host.extensions.serviceBus.maxMessageBatchSize).toBe(fullBatch);
});
