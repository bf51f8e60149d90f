import type { QueueEntity } from "../entities.ts";

/** How a queue behaves; durations in milliseconds. */
export type QueueSettings = {
  readonly name: string;
  /** It takes messages from its queue alone. */
  readonly isDeadLetterQueue: boolean;
  readonly lockMs: number;
  readonly maxDeliveryCount: number;
  readonly duplicateWindowMs: number | undefined;
  readonly requiresSession: boolean;
  /** Infinity: messages without a time to live of their own never expire. */
  readonly defaultTimeToLiveMs: number;
  readonly deadLetterOnExpiration: boolean;
};

/** The settings of a configured queue. */
export function queueSettings(entity: QueueEntity): QueueSettings {
  const window = entity.duplicateDetectionWindowSeconds;
  return {
    name: entity.name,
    isDeadLetterQueue: false,
    lockMs: entity.lockDurationSeconds * 1000,
    maxDeliveryCount: entity.maxDeliveryCount,
    duplicateWindowMs: window === undefined ? undefined : window * 1000,
    requiresSession: entity.requiresSession ?? false,
    defaultTimeToLiveMs: (entity.defaultTtlSeconds ?? Infinity) * 1000,
    deadLetterOnExpiration: entity.deadLetterOnExpiration ?? false,
  };
}

/**
 * The settings of a queue's dead-letter sub-queue: nothing expires there, deliveries are not limited, and
 * it has no sessions even where the queue has.
 */
export function deadLetterSettings(queue: QueueSettings): QueueSettings {
  return {
    name: `${queue.name}/$DeadLetterQueue`,
    isDeadLetterQueue: true,
    lockMs: queue.lockMs,
    maxDeliveryCount: Infinity,
    duplicateWindowMs: undefined,
    requiresSession: false,
    defaultTimeToLiveMs: Infinity,
    deadLetterOnExpiration: false,
  };
}
