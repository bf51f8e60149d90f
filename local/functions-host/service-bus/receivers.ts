import type {
  ServiceBusClient,
  ServiceBusReceiver,
  ServiceBusReceiverOptions,
  ServiceBusSessionReceiver,
} from "@azure/service-bus";
import type { Entity } from "../core/triggers.ts";

/** Opens a receiver that leaves bodies as bytes and renews no locks by itself. */
export function createReceiver(client: ServiceBusClient, entity: Entity): ServiceBusReceiver {
  const options: ServiceBusReceiverOptions = {
    receiveMode: "peekLock",
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: 0,
    ...(entity.deadLetter ? { subQueueType: "deadLetter" } : {}),
  };
  return entity.subscription === undefined
    ? client.createReceiver(entity.name, options)
    : client.createReceiver(entity.name, entity.subscription, options);
}

/** Waits for the next session that nobody holds, and renews its lock for at most `renewalMs`. Rejects with code ServiceTimeout when there is none. */
export function acceptSession(
  client: ServiceBusClient,
  entity: Entity,
  renewalMs: number,
  abortSignal: AbortSignal,
): Promise<ServiceBusSessionReceiver> {
  const options = {
    receiveMode: "peekLock",
    skipParsingBodyAsJson: true,
    maxAutoLockRenewalDurationInMs: finite(renewalMs),
    abortSignal,
  } as const;
  return entity.subscription === undefined
    ? client.acceptNextSession(entity.name, options)
    : client.acceptNextSession(entity.name, entity.subscription, options);
}

/** A renewal "for ever" has to fit a timer. */
function finite(milliseconds: number): number {
  return Math.min(milliseconds, 2 ** 31 - 1);
}
