import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import Long from "long";
import type { Clock } from "../platform/clock.ts";

/** Age in seconds of the oldest event of an organization that waits to be processed; null when none is known to wait. */
export type QueueAge = (organizationId: string) => Promise<number | null>;

/** As {@link QueueAge}, but null when the broker did not answer, so that nobody takes that for an empty queue. */
export type QueueLook = (organizationId: string) => Promise<{ oldestSeconds: number | null } | null>;

const maxAgeMs = 2_000;
/** The figure is one of many on its screen: a broker that is slower than this must not hold up the others. */
const timeoutMs = 1_000;
/** Looked at from the front of each queue: an organization that is not among them waits for less long than they do. */
const peeked = 32;
/** More to look at, at once and at most, while only later attempts stand at the front. */
const peekedNext = 100;
const maxPages = 11;

/** The age alone: where it is one of many figures, not known and none is the same. */
export function createQueueAge(look: QueueLook): QueueAge {
  return async (organizationId) => (await look(organizationId))?.oldestSeconds ?? null;
}

/**
 * Looks at the front of the queues, at most every two seconds in this process, without taking anything. When
 * the broker does not answer within a second, no age is known. Later attempts do not count: those events were
 * processed already, and what they wait for is the time of the next attempt. They stand among the others, so where they
 * fill the front of a queue it is looked at further on; when no end of them is found, no age is known.
 */
export function createQueueLook(
  receivers: readonly Pick<ServiceBusReceiver, "peekMessages">[],
  clock: Clock,
): QueueLook {
  let seen: Map<string, number> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const oldest = new Map<string, number>();
    const abortSignal = AbortSignal.timeout(timeoutMs);
    const peeks = receivers.map((receiver) => firstAttempts(receiver, abortSignal));
    for (const { organizationId, receivedAt } of (await Promise.all(peeks)).flat())
      oldest.set(organizationId, Math.min(receivedAt, oldest.get(organizationId) ?? receivedAt));
    seen = oldest;
  }

  return async (organizationId) => {
    if (clock() - lookedAt >= maxAgeMs) {
      lookedAt = clock();
      looking ??= look()
        .catch(() => {
          seen = null;
        })
        .finally(() => {
          looking = null;
        });
    }
    await looking;
    if (!seen) return null;
    const oldest = seen.get(organizationId);
    return { oldestSeconds: oldest === undefined ? null : Math.max(0, (clock() - oldest) / 1000) };
  };
}

interface Waiting {
  organizationId: string;
  receivedAt: number;
}

/** The first attempts nearest to the front of a queue; none when it holds none. Throws when too much else is before them. */
async function firstAttempts(
  receiver: Pick<ServiceBusReceiver, "peekMessages">,
  abortSignal: AbortSignal,
): Promise<Waiting[]> {
  let fromSequenceNumber = Long.ZERO;
  for (let page = 0; page < maxPages; page++) {
    const count = page === 0 ? peeked : peekedNext;
    const messages = await receiver.peekMessages(count, { fromSequenceNumber, abortSignal });
    const found = messages.flatMap(asFirstAttempt);
    const last = messages.at(-1)?.sequenceNumber;
    // A page may hold fewer than asked: only an empty one is the end.
    if (found.length > 0 || !last) return found;
    fromSequenceNumber = last.add(1);
  }
  throw new Error("Nothing but later attempts was found in a queue.");
}

function asFirstAttempt({ applicationProperties }: ServiceBusReceivedMessage): Waiting[] {
  const { organizationId, receivedAt, attempt } = applicationProperties ?? {};
  const isOne = typeof organizationId === "string" && typeof receivedAt === "number" && attempt === 1;
  return isOne ? [{ organizationId, receivedAt }] : [];
}
