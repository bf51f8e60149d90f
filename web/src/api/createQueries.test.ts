import { MutationObserver, onlineManager } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createQueries } from "./createQueries.ts";
import { NetworkError } from "./problem.ts";

const queries = createQueries();
const once = { retry: false };
const unreachable = () => Promise.reject(new NetworkError(new TypeError("Failed to fetch")));

beforeEach(() => {
  queries.mount();
  onlineManager.setOnline(false);
});
afterEach(() => {
  onlineManager.setOnline(true);
  queries.unmount();
  queries.clear();
  vi.unstubAllGlobals();
});

it("fails a change that is made offline, and does not make it later", async () => {
  const change = vi.fn<() => Promise<never>>(unreachable);
  const errors: Error[] = [];
  const making = new MutationObserver(queries, { mutationFn: change });
  void making.mutate().catch((error: Error) => errors.push(error));
  await expect.poll(() => errors).toEqual([expect.any(NetworkError)]);
  onlineManager.setOnline(true);
  await queries.resumePausedMutations();
  expect(change).toHaveBeenCalledTimes(1);
});

it("fails what is read offline", async () => {
  void queries.prefetchQuery({ ...once, queryKey: ["read"], queryFn: unreachable });
  await expect.poll(() => queries.getQueryState(["read"])?.status).toBe("error");
});

it.each([
  ["asks again twice where there is no connection", new TypeError("Failed to fetch"), 3],
  ["tells at once that an answer took too long", new DOMException("Too late", "TimeoutError"), 1],
])("%s", async (_, cause, times) => {
  const read = vi.fn<() => Promise<never>>(() => Promise.reject(new NetworkError(cause)));
  const { retry = false } = queries.getDefaultOptions().queries ?? {};
  await queries.prefetchQuery({ queryKey: ["read"], queryFn: read, retry, retryDelay: 0 });
  expect(read).toHaveBeenCalledTimes(times);
});

it("writes to the console only what nobody foresaw", async () => {
  const reported = vi.fn<(error: unknown) => void>();
  vi.stubGlobal("reportError", reported);
  const fault = new Error("Cannot read properties of undefined");
  await queries.prefetchQuery({ ...once, queryKey: ["fault"], queryFn: () => Promise.reject(fault) });
  await queries.prefetchQuery({ ...once, queryKey: ["offline"], queryFn: unreachable });
  expect(reported.mock.calls).toEqual([[fault]]);
});
