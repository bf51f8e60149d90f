import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { SettleKind } from "./settleGate.ts";

/** Settles one message. A failure is logged, never thrown: the lock runs out and the message comes again. */
export async function settle(
  receiver: ServiceBusReceiver,
  kind: SettleKind,
  message: ServiceBusReceivedMessage,
  log: Log,
): Promise<void> {
  try {
    if (kind === "complete") await receiver.completeMessage(message);
    else await receiver.abandonMessage(message);
  } catch (error) {
    const { message: reason } = error as Error;
    log(
      "warning",
      `Could not ${kind} message ${String(message.messageId)} of ${receiver.entityPath}: ${reason}`,
    );
  }
}

/** Settles all messages in the same way. */
export async function settleAll(
  receiver: ServiceBusReceiver,
  kind: SettleKind,
  messages: ServiceBusReceivedMessage[],
  log: Log,
): Promise<void> {
  await Promise.all(messages.map((message) => settle(receiver, kind, message, log)));
}
