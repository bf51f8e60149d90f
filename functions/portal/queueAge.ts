import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import Long from "long";
import type { QueueAge } from "../contracts/portal.ts";
import type { Clock } from "../platform/clock.ts";

/** How long events of an organization have been waiting to be processed. */
export type ReadQueueAge = (organizationId: string) => Promise<QueueAge>;

const maxAgeMs = 2_000;
/** The figure is one of many on its screen: a broker that is slower than this must not hold up the others. */
const timeoutMs = 1_000;
/** First attempts that are looked at from the front of each queue: what is behind them waits for less long than they do. */
const enough = 32;
/** More to look at, at once and at most, until there are so many or the queue ends. */
const peekedNext = 100;
const maxPages = 11;

/**
 * Looks at the front of the queues, at most every two seconds in this process, without taking anything. Of a queue that
 * does not answer within a second only what was found by then is known. Later attempts do not count: those events were
 * processed already, and what they wait for is the time of the next attempt. They stand among the others, so a queue is
 * looked at further on where they fill its front; when no end of them is found, nothing of it is known.
 */
export function createQueueAge(
  receivers: readonly Pick<ServiceBusReceiver, "peekMessages">[],
  clock: Clock,
): ReadQueueAge {
  let seen: readonly Front[] = [];
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const abortSignal = AbortSignal.timeout(timeoutMs);
    seen = await Promise.all(receivers.map((receiver) => lookAtFront(receiver, abortSignal)));
  }

  return async (organizationId) => {
    if (clock() - lookedAt >= maxAgeMs) {
      lookedAt = clock();
      looking ??= look().finally(() => {
        looking = null;
      });
    }
    await looking;
    const now = clock();
    const found = seen.flatMap(({ oldest }) => oldest.get(organizationId) ?? []);
    const possible = seen.flatMap(({ oldest, unseenFrom }) => oldest.get(organizationId) ?? unseenFrom ?? []);
    const atMostSeconds = ageOfOldest(possible, now) ?? 0;
    return {
      oldestSeconds: ageOfOldest(found, now),
      atMostSeconds: Number.isFinite(atMostSeconds) ? atMostSeconds : null,
    };
  };
}

function ageOfOldest(receivedAt: readonly number[], now: number): number | null {
  return receivedAt.length === 0 ? null : Math.max(0, (now - Math.min(...receivedAt)) / 1000);
}

/** What stands nearest to the front of a queue. Times are milliseconds since 1970 UTC. */
interface Front {
  /** When the oldest first attempt of each organization was received. */
  oldest: Map<string, number>;
  /** What stands further back was received since then, -Infinity for any time; null when the queue was looked at to its end. */
  unseenFrom: number | null;
}

async function lookAtFront(
  receiver: Pick<ServiceBusReceiver, "peekMessages">,
  abortSignal: AbortSignal,
): Promise<Front> {
  const oldest = new Map<string, number>();
  let newest = Number.NEGATIVE_INFINITY;
  let found = 0;
  let fromSequenceNumber = Long.ZERO;
  for (let page = 0; page < maxPages && found < enough; page++) {
    const count = page === 0 ? enough : peekedNext;
    const messages = await receiver
      .peekMessages(count, { fromSequenceNumber, abortSignal })
      .catch(() => null);
    if (!messages) break;
    const last = messages.at(-1)?.sequenceNumber;
    // A page may hold fewer than asked: only an empty one is the end.
    if (!last) return { oldest, unseenFrom: null };
    for (const { organizationId, receivedAt } of messages.flatMap(asFirstAttempt)) {
      oldest.set(organizationId, Math.min(receivedAt, oldest.get(organizationId) ?? receivedAt));
      newest = Math.max(newest, receivedAt);
      found += 1;
    }
    fromSequenceNumber = last.add(1);
  }
  return { oldest, unseenFrom: newest };
}

function asFirstAttempt({
  applicationProperties,
}: ServiceBusReceivedMessage): { organizationId: string; receivedAt: number }[] {
  const { organizationId, receivedAt, attempt } = applicationProperties ?? {};
  const isOne = typeof organizationId === "string" && typeof receivedAt === "number" && attempt === 1;
  return isOne ? [{ organizationId, receivedAt }] : [];
}
