import type { ServiceBusMessage } from "@azure/service-bus";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import { toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";

/** Tries at one event that happen by themselves, the first delivery included; a replay begins to count anew. */
export const maxTries = 5;

/**
 * When a failed attempt is followed by another: exponential backoff with jitter, never sooner than whoever
 * failed asks for. Null when it is permanent or was the last try. Times in milliseconds since 1970 UTC.
 */
export function nextAttemptAt(options: {
  code: OutcomeCode | null;
  event: Pick<EventMessage, "attempt" | "firstTry">;
  now: number;
  retryAfterMs: number | null;
  baseMs: number;
  random: () => number;
}): number | null {
  const { code, event, now, retryAfterMs, baseMs, random } = options;
  const tries = event.attempt - event.firstTry + 1;
  if (code === null || !outcomeCatalogue[code].retryable || tries >= maxTries) return null;
  const delay = shortestDelay(event, baseMs) * (1 + 0.5 * random());
  return Math.round(now + Math.max(delay, retryAfterMs ?? 0));
}

/** The shortest time between an attempt and the next one, in milliseconds; jitter makes it up to half as long again. */
function shortestDelay({ attempt, firstTry }: Pick<EventMessage, "attempt" | "firstTry">, baseMs: number) {
  return 0.8 * baseMs * 4 ** (attempt - firstTry);
}

/**
 * The message that brings the event back at a time that {@link nextAttemptAt} gave, as its next attempt. While an
 * attempt cannot be recorded it is made again and again, and promises the next one each time: the queue drops such a
 * repetition by its id, and the time of the first one stands.
 */
export function retryMessage(event: EventMessage, at: number, baseMs: number): ServiceBusMessage {
  const { attempt, firstTry, kind } = event;
  const message = toServiceBusMessage({ ...event, attempt: attempt + 1, kind: "retry" });
  // No repetition may be dropped whose attempt was made already and changed nothing, for the log then promises one that
  // never comes. Of a delivery any may be: it is recorded only where the log has nothing of the event, and there the
  // attempt it promised would have been. Of others only as long as what they repeat is still to come.
  const promise = kind === "delivery" ? kind : `${firstTry}/${Math.floor(at / shortestDelay(event, baseMs))}`;
  return {
    ...message,
    messageId: `${String(message.messageId)}/${promise}`,
    scheduledEnqueueTimeUtc: new Date(at),
  };
}
