import type { ServiceBusMessage } from "@azure/service-bus";
import type { EventQueue, replayQueue } from "../eventMessage.ts";

/** Every queue of the pipeline. */
export type ModelQueue = EventQueue | typeof replayQueue;

/** A message in a model queue. */
export interface Queued {
  message: ServiceBusMessage;
  deliveries: number;
  /** Milliseconds since 1970 UTC; a scheduled message is not there before. */
  dueAt: number;
}

/** What Service Bus promises, in memory: duplicate detection by message id, at-least-once delivery, dead letters. */
interface ModelQueues {
  send(queue: ModelQueue, message: ServiceBusMessage): void;
  /** The first messages that are due, without taking them. */
  peek(queue: ModelQueue, count: number, now: number): Queued[];
  complete(queue: ModelQueue, messages: readonly Queued[]): void;
  /** Brings messages back, or moves them to the dead letters when they were delivered too often. */
  abandon(queue: ModelQueue, messages: readonly Queued[]): void;
  deadLetters(queue: ModelQueue): Queued[];
  completeDeadLetters(queue: ModelQueue, messages: readonly Queued[]): void;
  /** When the next scheduled message is due; null when nothing waits. */
  nextDue(): number | null;
}

export function createModelQueues(maxDeliveries: number): ModelQueues {
  const waiting = new Map<ModelQueue, Queued[]>();
  const dead = new Map<ModelQueue, Queued[]>();
  const seen = new Set<string>();
  const listOf = (queues: Map<ModelQueue, Queued[]>, queue: ModelQueue) => {
    const list = queues.get(queue) ?? [];
    queues.set(queue, list);
    return list;
  };
  const remove = (list: Queued[], messages: readonly Queued[]) => {
    for (const one of messages) list.splice(list.indexOf(one), 1);
  };
  return {
    send(queue, message) {
      const id = `${queue} ${String(message.messageId)}`;
      if (seen.has(id)) return;
      seen.add(id);
      listOf(waiting, queue).push({
        message,
        deliveries: 0,
        dueAt: message.scheduledEnqueueTimeUtc?.getTime() ?? 0,
      });
    },
    peek: (queue, count, now) =>
      listOf(waiting, queue)
        .filter(({ dueAt }) => dueAt <= now)
        .slice(0, count),
    complete: (queue, messages) => remove(listOf(waiting, queue), messages),
    abandon(queue, messages) {
      for (const one of messages) {
        one.deliveries += 1;
        if (one.deliveries < maxDeliveries) continue;
        remove(listOf(waiting, queue), [one]);
        listOf(dead, queue).push(one);
      }
    },
    deadLetters: (queue) => [...listOf(dead, queue)],
    completeDeadLetters: (queue, messages) => remove(listOf(dead, queue), messages),
    nextDue() {
      const times = [...waiting.values()].flat().map(({ dueAt }) => dueAt);
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}
