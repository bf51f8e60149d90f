import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";
import type { SettleKind } from "./settleGate.ts";

/**
 * Settles all messages in the same way. A failure is logged, in one line for all of them, and never thrown:
 * the lock runs out and the message comes again.
 */
export async function settleAll(
  receiver: ServiceBusReceiver,
  kind: SettleKind,
  messages: ServiceBusReceivedMessage[],
  log: Log,
): Promise<void> {
  const settlements = await Promise.allSettled(
    messages.map((message) =>
      kind === "complete" ? receiver.completeMessage(message) : receiver.abandonMessage(message),
    ),
  );
  const failures = settlements.filter((settlement) => settlement.status === "rejected");
  if (failures.length === 0) return;
  const { message: reason } = failures[0]!.reason as Error;
  const what = `${failures.length} of ${messages.length} messages of ${receiver.entityPath}`;
  log("warning", `Could not ${kind} ${what}; they will come again. The first reason: ${reason}`);
}
