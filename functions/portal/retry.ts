import type { ServiceBusMessage } from "@azure/service-bus";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { OutcomeCode } from "../contracts/outcomes.ts";
import { toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";

/** Attempts of one event that happen by themselves, the first delivery included. */
export const maxAttempts = 5;

/**
 * When a failed attempt is followed by another: exponential backoff with jitter, never sooner than whoever
 * failed asks for. Null when it is permanent or was the last one. Times in milliseconds since 1970 UTC.
 */
export function nextAttemptAt(options: {
  code: OutcomeCode | null;
  attempt: number;
  now: number;
  retryAfterMs: number | null;
  baseMs: number;
  random: () => number;
}): number | null {
  const { code, attempt, now, retryAfterMs, baseMs, random } = options;
  if (code === null || !outcomeCatalogue[code].retryable || attempt >= maxAttempts) return null;
  const delay = baseMs * 4 ** (attempt - 1) * (0.8 + 0.4 * random());
  return Math.round(now + Math.max(delay, retryAfterMs ?? 0));
}

/** The message that brings the event back at the given time, as its next attempt. */
export function retryMessage(event: EventMessage, at: number): ServiceBusMessage {
  const message = toServiceBusMessage({ ...event, attempt: event.attempt + 1, kind: "retry" });
  // An attempt can be promised more than once, by a delivery and by a replay: the queue must not take the later
  // promise for a repetition of one that was kept already. Of two messages of one attempt the second changes nothing.
  return {
    ...message,
    messageId: `${String(message.messageId)}/${at}`,
    scheduledEnqueueTimeUtc: new Date(at),
  };
}
