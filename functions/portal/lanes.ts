import type { Clock } from "../platform/clock.ts";
import { eventQueues } from "./eventMessage.ts";
import type { EventQueue } from "./eventMessage.ts";

/** Chooses the queue of an arriving event. */
export type ChooseLane = (organizationId: string) => EventQueue;

/** Events an organization may send at once, and per second for ever, before its events take the other lane. */
const burst = 25;
const perSecond = 20;

/**
 * Keeps one organization's burst away from the others: each has a bucket of tokens in this process. Once its bucket is
 * empty, its events wait in a queue of their own until it is half full again, that is, until the organization has kept
 * to its share for a while. Were it let back event by event, the others would wait behind it all the time. Order does
 * not suffer: Dataverse promises none, and records converge in any order.
 */
export function createLanes(clock: Clock): ChooseLane {
  const buckets = new Map<string, { tokens: number; at: number; apart: boolean }>();
  return (organizationId) => {
    const now = clock();
    const bucket = buckets.get(organizationId) ?? { tokens: burst, at: now, apart: false };
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    bucket.apart = bucket.tokens < (bucket.apart ? burst / 2 : 1);
    bucket.tokens = Math.max(0, bucket.tokens - 1);
    buckets.set(organizationId, bucket);
    return bucket.apart ? eventQueues.bulk : eventQueues.arrivals;
  };
}
