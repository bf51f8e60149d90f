import { duration, durationAtMost } from "../time/format.ts";
import type { QueueAge } from "../../../functions/contracts/portal.ts";

/**
 * How long the oldest event has been waiting, in words; null when none waits. "Up to" where the queue is too long to be
 * looked through.
 */
export function waitOf({ oldestSeconds, atMostSeconds }: QueueAge): string | null {
  if (atMostSeconds === null) return "Not known";
  if (atMostSeconds === 0 && oldestSeconds === null) return null;
  return atMostSeconds === oldestSeconds ? duration(oldestSeconds) : `Up to ${durationAtMost(atMostSeconds)}`;
}
