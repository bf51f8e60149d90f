import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepLock } from "./keepLock.ts";

const lockMs = 30_000;
const lockedUntil = () => new Date(Date.now() + lockMs);
const renewMessageLock = vi.fn<() => Promise<Date>>(async () => lockedUntil());
const receiver = { entityPath: "arrivals", renewMessageLock } as unknown as ServiceBusReceiver;
const message = () => ({ lockedUntilUtc: lockedUntil() }) as ServiceBusReceivedMessage;
const log = vi.fn<() => void>();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

it("renews a lock halfway through each time, and no longer than it was asked to", async () => {
  keepLock(receiver, message(), 1.25 * lockMs, log);
  await vi.advanceTimersByTimeAsync(lockMs / 2 - 1);
  expect(renewMessageLock).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10 * lockMs);
  expect(renewMessageLock).toHaveBeenCalledTimes(2);
});

it("renews no more when the function has ended", async () => {
  const letGo = keepLock(receiver, message(), 10 * lockMs, log);
  await vi.advanceTimersByTimeAsync(lockMs / 2);
  letGo();
  await vi.advanceTimersByTimeAsync(10 * lockMs);
  expect(renewMessageLock).toHaveBeenCalledTimes(1);
});

it("says when a lock was not renewed, and leaves it", async () => {
  renewMessageLock.mockRejectedValueOnce(new Error("lock lost"));
  keepLock(receiver, message(), 10 * lockMs, log);
  await vi.advanceTimersByTimeAsync(10 * lockMs);
  expect(renewMessageLock).toHaveBeenCalledTimes(1);
  expect(log).toHaveBeenCalledExactlyOnceWith("warning", expect.stringContaining("lock lost"));
});
