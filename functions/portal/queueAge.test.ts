import type { ServiceBusReceiver } from "@azure/service-bus";
import Long from "long";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueueAge } from "./queueAge.ts";

const now = Date.UTC(2026, 0, 5, 8);
const waiting = (organizationId: string, seconds: number, attempt = 1) => ({
  applicationProperties: { organizationId, receivedAt: now - seconds * 1000, attempt },
});
type Message = ReturnType<typeof waiting> | { applicationProperties?: Record<string, unknown> };

/** A queue with these messages, which gives at most 50 at once, and how often it was looked at. */
function queueOf(...messages: Message[]) {
  const queue = {
    looks: 0,
    isAway: false,
    peekMessages: async (count: number, { fromSequenceNumber }: { fromSequenceNumber: Long }) => {
      queue.looks += 1;
      if (queue.isAway) throw new Error("broker away");
      // The first message of a queue has the number 1.
      const from = Math.max(0, fromSequenceNumber.toNumber() - 1);
      return messages
        .slice(from, from + Math.min(count, 50))
        .map((message, index) => ({ ...message, sequenceNumber: Long.fromNumber(from + index + 1) }));
    },
  };
  return queue;
}
const lookAt = (...queues: { peekMessages: unknown }[]) =>
  createQueueAge(queues as Pick<ServiceBusReceiver, "peekMessages">[], Date.now);
/** The age of the oldest that was found. */
const ageOf = (...queues: { peekMessages: unknown }[]) => {
  const look = lookAt(...queues);
  return async (organizationId: string) => (await look(organizationId)).oldestSeconds;
};
const unknown = { oldestSeconds: null, atMostSeconds: null };

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

  it.each([0, 31, 32, 81, 82, 83, 450])("is found behind %i later attempts", async (count) => {
    const later = Array.from({ length: count }, () => waiting("fabrikam", 3600, 2));
    const look = lookAt(queueOf(...later, waiting("contoso", 1_200)), queueOf());
    expect(await look("contoso")).toEqual({ oldestSeconds: 1_200, atMostSeconds: 1_200 });
    expect(await look("fabrikam")).toEqual({ oldestSeconds: null, atMostSeconds: 0 });
  });

  it("is none when a queue holds nothing but later attempts", async () => {
    const later = Array.from({ length: 200 }, () => waiting("contoso", 3600, 2));
    expect(await lookAt(queueOf(...later))("contoso")).toEqual({ oldestSeconds: null, atMostSeconds: 0 });
  });

  it("is not known when too many later attempts stand before it", async () => {
    const later = Array.from({ length: 5_000 }, () => waiting("fabrikam", 3600, 2));
    const queue = queueOf(...later, waiting("contoso", 1_200));
    const look = lookAt(queue, queueOf(waiting("contoso", 5)));
    expect(await look("contoso")).toEqual({ oldestSeconds: 5, atMostSeconds: null });
    expect(await look("northwind")).toEqual(unknown);
    expect(queue.looks).toBeLessThan(20);
  });

  it("is not known further back than was looked, where it is at most that of the newest event seen", async () => {
    const backlog = Array.from({ length: 200 }, (_, index) => waiting("fabrikam", 1_200 - index));
    const look = lookAt(queueOf(...backlog, waiting("contoso", 900)), queueOf(waiting("contoso", 5)));
    expect(await look("fabrikam")).toEqual({ oldestSeconds: 1_200, atMostSeconds: 1_200 });
    expect(await look("contoso")).toEqual({ oldestSeconds: 5, atMostSeconds: 1_200 - 31 });
    expect(await look("northwind")).toEqual({ oldestSeconds: null, atMostSeconds: 1_200 - 31 });
  });

  it("is known of all when a few wait long and nothing is behind them", async () => {
    const look = lookAt(queueOf(waiting("fabrikam", 1_200), waiting("fabrikam", 3600, 2)));
    expect(await look("contoso")).toEqual({ oldestSeconds: null, atMostSeconds: 0 });
  });

  it("is known as far as was looked when the broker answers no further", async () => {
    const queue = queueOf(waiting("fabrikam", 1_200));
    const first = queue.peekMessages;
    queue.peekMessages = (...given) => {
      if (queue.looks > 0) return Promise.reject(new Error("broker away"));
      return first(...given);
    };
    const look = lookAt(queue);
    expect(await look("fabrikam")).toEqual({ oldestSeconds: 1_200, atMostSeconds: 1_200 });
    expect(await look("contoso")).toEqual({ oldestSeconds: null, atMostSeconds: 1_200 });
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
    // The message, and that it is the last one.
    expect(queue.looks).toBe(2);
    vi.setSystemTime(now + 2_000);
    await age("contoso");
    expect(queue.looks).toBe(4);
  });

  it("of one queue that fails leaves what the others hold", async () => {
    const queue = queueOf();
    queue.isAway = true;
    const look = lookAt(queue, queueOf(waiting("contoso", 10)));
    expect(await look("contoso")).toEqual({ oldestSeconds: 10, atMostSeconds: null });
  });

  it("that fails leaves the age unknown, and is tried again", async () => {
    const queue = queueOf(waiting("contoso", 10));
    const look = lookAt(queue);
    expect(await look("contoso")).toEqual({ oldestSeconds: 10, atMostSeconds: 10 });
    queue.isAway = true;
    vi.setSystemTime(now + 2_000);
    expect(await look("contoso")).toEqual(unknown);
    queue.isAway = false;
    vi.setSystemTime(now + 4_000);
    expect(await look("contoso")).toEqual({ oldestSeconds: 14, atMostSeconds: 14 });
  });
});

it("gives a broker that does not answer no more than a second", async () => {
  const deadline = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(deadline.signal);
  const peekMessages = (_count: number, { abortSignal }: { abortSignal: AbortSignal }) =>
    new Promise((_, reject) => {
      abortSignal.addEventListener("abort", () => reject(new Error("aborted")));
    });
  const asked = lookAt({ peekMessages })("contoso");
  deadline.abort();
  expect(await asked).toEqual(unknown);
  expect(timeout).toHaveBeenCalledWith(1_000);
  timeout.mockRestore();
});
