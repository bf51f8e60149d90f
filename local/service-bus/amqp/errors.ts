import { randomUUID } from "node:crypto";

import type { Refusal } from "../queue/message.ts";
import type { AmqpError } from "./rhea.ts";

/** The end of every error text of the service: what support would ask for. */
function tracking(): string {
  return `TrackingId:${randomUUID()}, SystemTracker:embedded, Timestamp:${new Date().toISOString()}`;
}

/** Builds an error with the conditions and words of the service. */
export function amqpError(condition: string, text: string): AmqpError {
  return { condition, description: `${text} ${tracking()}` };
}

/** The SDK recognizes a missing entity by these words. */
export function entityNotFound(host: string, address: string): AmqpError {
  const text = `The messaging entity 'sb://${host}/${address}' could not be found.`;
  return amqpError("amqp:not-found", text);
}

/** Something that the service offers and this broker does not. */
export function notImplemented(what: string): AmqpError {
  return amqpError("amqp:not-implemented", `The embedded Service Bus does not offer ${what}.`);
}

/** A message over the limit that the attach announced. */
export function messageTooLarge(deliveryId: number, size: number, limit: number): AmqpError {
  return {
    condition: "amqp:link:message-size-exceeded",
    description:
      `The received message (delivery-id:${deliveryId}, size:${size} bytes) exceeds the limit ` +
      `(${limit} bytes) currently allowed on the link.`,
  };
}

/** The error for a settlement or renewal that was refused. */
export function refusalError(refusal: Refusal): AmqpError {
  switch (refusal) {
    case "messageLockLost":
      return amqpError(
        "com.microsoft:message-lock-lost",
        "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.",
      );
    case "sessionLockLost":
      return amqpError(
        "com.microsoft:session-lock-lost",
        "The session lock has expired or was lost. Accept the session again.",
      );
    case "messageNotFound":
      return amqpError("com.microsoft:message-not-found", "Failed to find a message by its sequence number.");
    case "notAllowed":
      return amqpError(
        "amqp:not-allowed",
        "A dead-letter sub-queue takes messages from its queue alone: none can be sent to it, or dead-lettered again.",
      );
  }
}
