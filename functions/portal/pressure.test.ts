import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createPressure } from "./pressure.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Webhooks that wait for their answer until `answer` is called. */
function webhooks(count: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const pressure = createPressure();
  const tracked = Array.from({ length: count }, () => pressure.track(promise));
  return { pressure, answer: () => (resolve(), Promise.all(tracked)) };
}

async function isCalm(calm: Promise<void>): Promise<boolean> {
  return Promise.race([calm.then(() => true), vi.advanceTimersByTimeAsync(0).then(() => false)]);
}

test("processing goes on at once while few webhooks wait", async () => {
  expect(await isCalm(webhooks(8).pressure.calm())).toBe(true);
});

test("processing stands back while many wait, and goes on when they are answered", async () => {
  const { pressure, answer } = webhooks(9);
  const calm = pressure.calm();
  expect(await isCalm(calm)).toBe(false);
  await answer();
  expect(await isCalm(calm)).toBe(true);
});

test("processing is never held up for longer than half a second", async () => {
  const calm = webhooks(64).pressure.calm();
  expect(await isCalm(calm)).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  expect(await isCalm(calm)).toBe(true);
});

test("a webhook that fails counts no longer", async () => {
  const pressure = createPressure();
  await Promise.allSettled(Array.from({ length: 20 }, () => pressure.track(Promise.reject(new Error("no")))));
  expect(await isCalm(pressure.calm())).toBe(true);
});
