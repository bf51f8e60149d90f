import type { ServiceBusReceivedMessage, ServiceBusReceiver } from "@azure/service-bus";
import type { Log } from "../core/log.ts";

/**
 * Renews a message's lock, halfway through each time, for at most `renewalMs`, until the function that is returned
 * is called. The client library's own renewal goes on until a message is settled; the host's ends with the function's
 * work, so that what a function neither completes nor abandons comes again.
 */
export function keepLock(
  receiver: ServiceBusReceiver,
  message: ServiceBusReceivedMessage,
  renewalMs: number,
  log: Log,
): () => void {
  const endsAt = Date.now() + renewalMs;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function plan(lockedUntil: number): void {
    const pauseMs = (lockedUntil - Date.now()) / 2;
    if (!isOver && pauseMs > 0 && Date.now() + pauseMs < endsAt)
      timer = setTimeout(() => void renew(), pauseMs);
  }

  async function renew(): Promise<void> {
    try {
      plan((await receiver.renewMessageLock(message)).getTime());
    } catch (error) {
      if (!isOver) log("warning", `A lock on ${receiver.entityPath} was not renewed: ${String(error)}`);
    }
  }

  plan(message.lockedUntilUtc?.getTime() ?? 0);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
