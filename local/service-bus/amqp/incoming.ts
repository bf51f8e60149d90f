import type { Broker } from "../broker.ts";
import type { IncomingMessage } from "../queue/message.ts";
import type { Queue } from "../queue/queue.ts";
import type { Dispositions } from "./dispositions.ts";
import { variableBytes } from "./encodedValues.ts";
import { amqpError, messageTooLarge } from "./errors.ts";
import { readMessage } from "./readMessage.ts";
import type { AmqpError, ReceivingLink } from "./rhea.ts";
import { SECTION, sectionsOf } from "./sections.ts";

/** The message format in which every data section is a message of its own. */
const BATCH_FORMAT = 0x80013700;

/** Puts what a client sends on a link into a queue, and answers each delivery. */
export function serveIncoming(
  broker: Broker,
  queue: Queue,
  link: ReceivingLink,
  answers: Dispositions,
): void {
  const { faults, maxMessageBytes } = broker;

  const accept = (bytes: Buffer, format: number | null, deliveryId: number): AmqpError | undefined => {
    if (bytes.length > maxMessageBytes) return messageTooLarge(deliveryId, bytes.length, maxMessageBytes);
    const fault = faults.take("send", queue.settings.name);
    if (fault) return fault;
    const messages = decode(bytes, format);
    if ("condition" in messages) return messages;
    const problem =
      queue.settings.requiresSession && messages.some(({ sessionId }) => sessionId === undefined);
    if (problem) return sessionMissing();
    broker.operations.sends.messages += messages.length;
    for (const message of messages) queue.enqueue(message);
    return undefined;
  };

  link.on("message", ({ message, delivery }) => {
    // What was under way when the link was detached is not accepted: its sender would never hear of it.
    if (!link.is_open()) return;
    broker.operations.sends.transfers += 1;
    const error = accept((message as Buffer | undefined) ?? Buffer.alloc(0), delivery.format, delivery.id);
    delivery.settled = true;
    if (!delivery.remote_settled) answers.answer(delivery.id, error);
  });
}

function decode(bytes: Buffer, format: number | null): IncomingMessage[] | AmqpError {
  try {
    if (format !== BATCH_FORMAT) return [readMessage(bytes)];
    const messages: IncomingMessage[] = [];
    for (const { code, value } of sectionsOf(bytes)) {
      if (code === SECTION.data) messages.push(readMessage(variableBytes(bytes, value)));
    }
    return messages;
  } catch (error) {
    if (error instanceof RangeError) return amqpError("amqp:decode-error", error.message);
    throw error;
  }
}

function sessionMissing(): AmqpError {
  return amqpError(
    "amqp:not-allowed",
    "The SessionId was not set on a message, and it cannot be sent to the entity. Entities that have " +
      "session support enabled can only receive messages that have the SessionId set to a valid value.",
  );
}
