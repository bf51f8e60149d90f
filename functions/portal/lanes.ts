import type { Clock } from "../platform/clock.ts";
import { eventQueues } from "./eventMessage.ts";
import type { EventQueue } from "./eventMessage.ts";

/** Chooses the queue of an arriving event. */
export type ChooseLane = (organizationId: string) => EventQueue;

/** Events an organization may send at once, and per second for ever, before its events take the other lane. */
const burst = 200;
const perSecond = 20;

/**
 * Keeps one organization's burst away from the others: each has a bucket of tokens in this process; while
 * its bucket is empty, its events wait in a queue of their own. Order does not suffer: Dataverse promises
 * none, and records converge in any order.
 */
export function createLanes(clock: Clock): ChooseLane {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (organizationId) => {
    const now = clock();
    const bucket = buckets.get(organizationId) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    buckets.set(organizationId, bucket);
    if (bucket.tokens < 1) return eventQueues.bulk;
    bucket.tokens -= 1;
    return eventQueues.arrivals;
  };
}
