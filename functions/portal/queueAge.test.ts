import type { ServiceBusReceiver } from "@azure/service-bus";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueueAge, createQueueLook } from "./queueAge.ts";

const now = Date.UTC(2026, 0, 5, 8);
const waiting = (organizationId: string, seconds: number, attempt = 1) => ({
  applicationProperties: { organizationId, receivedAt: now - seconds * 1000, attempt },
});
type Message = ReturnType<typeof waiting> | { applicationProperties?: Record<string, unknown> };

/** A queue with these messages at its front, and how often it was looked at. */
function queueOf(...messages: Message[]) {
  const queue = {
    looks: 0,
    isAway: false,
    peekMessages: async () => {
      queue.looks += 1;
      if (queue.isAway) throw new Error("broker away");
      return messages;
    },
  };
  return queue;
}
const ageOf = (...queues: { peekMessages: unknown }[]) =>
  createQueueAge(createQueueLook(queues as Pick<ServiceBusReceiver, "peekMessages">[], Date.now));

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the age of the oldest waiting event", () => {
  it("is that of the organization's oldest over all queues", async () => {
    const arrivals = queueOf(waiting("contoso", 10), waiting("fabrikam", 90), waiting("contoso", 20));
    const age = ageOf(arrivals, queueOf(waiting("contoso", 40)));
    expect(await Promise.all([age("contoso"), age("fabrikam"), age("nobody")])).toEqual([40, 90, null]);
  });

  it("grows while the event waits, and is never below zero where clocks differ", async () => {
    const age = ageOf(queueOf(waiting("contoso", 10), waiting("fabrikam", -5)));
    expect(await age("fabrikam")).toBe(0);
    vi.setSystemTime(now + 1_500);
    expect(await age("contoso")).toBe(11.5);
  });

  it("does not count later attempts: those events were processed and wait for their time", async () => {
    const age = ageOf(queueOf(waiting("contoso", 3600, 2), waiting("contoso", 5)));
    expect(await age("contoso")).toBe(5);
  });

  it("passes over messages that are none of ours", async () => {
    const age = ageOf(
      queueOf({}, { applicationProperties: { organizationId: "contoso" } }, waiting("contoso", 5)),
    );
    expect(await age("contoso")).toBe(5);
  });
});

describe("looking", () => {
  it("is shared by all who ask, and repeated after two seconds", async () => {
    const queue = queueOf(waiting("contoso", 10));
    const age = ageOf(queue);
    await Promise.all([age("contoso"), age("fabrikam")]);
    vi.setSystemTime(now + 1_999);
    await age("contoso");
    expect(queue.looks).toBe(1);
    vi.setSystemTime(now + 2_000);
    await age("contoso");
    expect(queue.looks).toBe(2);
  });

  it("that fails leaves the age unknown, and is tried again", async () => {
    const queue = queueOf(waiting("contoso", 10));
    const age = ageOf(queue);
    expect(await age("contoso")).toBe(10);
    queue.isAway = true;
    vi.setSystemTime(now + 2_000);
    expect(await age("contoso")).toBeNull();
    queue.isAway = false;
    vi.setSystemTime(now + 4_000);
    expect(await age("contoso")).toBe(14);
  });
});

it("gives a broker that does not answer no more than a second", async () => {
  const deadline = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(deadline.signal);
  const peekMessages = (_count: number, { abortSignal }: { abortSignal: AbortSignal }) =>
    new Promise((_, reject) => {
      abortSignal.addEventListener("abort", () => reject(new Error("aborted")));
    });
  const asked = ageOf({ peekMessages })("contoso");
  deadline.abort();
  expect(await asked).toBeNull();
  expect(timeout).toHaveBeenCalledWith(1_000);
  timeout.mockRestore();
});
