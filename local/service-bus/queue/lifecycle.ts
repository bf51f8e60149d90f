import type { Clock } from "../clock.ts";
import type { Alarm } from "./alarm.ts";
import { createHeap } from "./heap.ts";
import type { Message, MessageLock, Outcome, Properties, Refusal, Waiting } from "./message.ts";
import type { MessageLocks } from "./messageLocks.ts";
import type { MessageTable } from "./messageTable.ts";
import type { QueueSettings } from "./settings.ts";
import type { QueueStore } from "./store.ts";

/** What happens to a message after its arrival: it waits, is locked, returns, expires, dies or is done. */
export type Lifecycle = {
  /** Puts a message into its line, or notes when it will get there. */
  place: (message: Message) => void;
  /** Takes the next message of a line that has not expired. */
  take: (waiting: Waiting) => Message | undefined;
  remove: (message: Message) => void;
  settle: (lock: MessageLock, outcome: Outcome) => Refusal | undefined;
  /** Gives up a lock: the message waits again, and the failed delivery counts or not. */
  giveBack: (lock: MessageLock, countsAsDelivery: boolean) => void;
  /** Expires what ended by `now`; returns the scheduled messages that are due. */
  sweep: (now: number) => Message[];
  nextDeadline: () => number;
};

type Parts = {
  readonly settings: QueueSettings;
  readonly clock: Clock;
  readonly store: QueueStore;
  readonly table: MessageTable;
  readonly locks: MessageLocks;
  readonly alarm: Alarm;
  /** The line where an active message waits. */
  readonly enterLine: (message: Message) => void;
  /** Says that a message has left that line without being received. */
  readonly leaveLine: (message: Message) => void;
  readonly setProperties: (message: Message, properties: Properties) => void;
  /** Receives dead letters; undefined in a dead-letter sub-queue. */
  readonly bury: ((message: Message) => void) | undefined;
};

/** Builds the lifecycle of one queue's messages on its parts. */
export function createLifecycle(parts: Parts): Lifecycle {
  const { settings, clock, store, table, locks, alarm, enterLine, leaveLine, setProperties, bury } = parts;
  /** Sequence numbers by time; a number whose message is gone or changed is skipped when its time comes. */
  const expiries = createHeap<number>();
  const schedule = createHeap<number>();

  const remove = (message: Message) => {
    if (message.lock) locks.release(message.lock);
    table.remove(message);
    store.remove(message.sequenceNumber);
  };

  const deadLetter = (message: Message, reason?: string, description?: string, extra?: Properties) => {
    const properties: Properties = { ...extra };
    if (reason !== undefined) properties["DeadLetterReason"] = reason;
    if (description !== undefined) properties["DeadLetterErrorDescription"] = description;
    setProperties(message, properties);
    if (message.lock) locks.release(message.lock);
    table.remove(message);
    message.state = "active";
    message.expiresAt = Infinity;
    store.moveToDeadLetters(message);
    bury!(message);
  };

  const expire = (message: Message) => {
    if (!bury || !settings.deadLetterOnExpiration) remove(message);
    else deadLetter(message, "TTLExpiredException", "The message expired and was dead lettered.");
  };

  const place = (message: Message) => {
    if (message.state === "scheduled") {
      schedule.push(message.scheduledFor!, message.sequenceNumber);
      alarm.at(message.scheduledFor!);
      return;
    }
    if (message.state === "deferred") return;
    if (message.expiresAt <= clock.now()) {
      expire(message);
      return;
    }
    if (message.expiresAt < Infinity) {
      expiries.push(message.expiresAt, message.sequenceNumber);
      alarm.at(message.expiresAt);
    }
    enterLine(message);
  };

  const giveBack = (lock: MessageLock, countsAsDelivery: boolean) => {
    const { message } = lock;
    locks.release(lock);
    if (countsAsDelivery && bury) {
      message.deliveryCount += 1;
      if (message.deliveryCount >= settings.maxDeliveryCount) {
        const times = settings.maxDeliveryCount;
        const why = `Message could not be consumed after ${times} delivery attempts.`;
        deadLetter(message, "MaxDeliveryCountExceeded", why);
        return;
      }
      store.update(message);
    }
    place(message);
  };

  const defer = (lock: MessageLock) => {
    const { message } = lock;
    locks.release(lock);
    if (bury) message.deliveryCount += 1;
    table.setState(message, "deferred");
    store.update(message);
  };

  return {
    place,
    remove,
    giveBack,
    take(waiting) {
      const now = clock.now();
      for (let message = waiting.take(); message; message = waiting.take()) {
        if (message.expiresAt > now) return message;
        expire(message);
      }
      return undefined;
    },
    settle(lock, outcome) {
      const { message } = lock;
      if (outcome.kind === "complete") {
        remove(message);
        return undefined;
      }
      if (outcome.kind === "deadLetter") {
        if (!bury) return "notAllowed";
        deadLetter(message, outcome.reason, outcome.description, outcome.properties);
        return undefined;
      }
      if (outcome.properties) {
        setProperties(message, outcome.properties);
        store.update(message);
      }
      if (outcome.kind === "defer") defer(lock);
      else giveBack(lock, true);
      return undefined;
    },
    sweep(now) {
      while (expiries.firstKey() <= now) {
        const message = table.get(expiries.pop()!);
        if (!message || message.expiresAt > now || !table.isAvailable(message)) continue;
        expire(message);
        leaveLine(message);
      }
      const due: Message[] = [];
      while (schedule.firstKey() <= now) {
        const message = table.get(schedule.pop()!);
        if (message?.state === "scheduled") due.push(message);
      }
      return due;
    },
    nextDeadline: () => Math.min(expiries.firstKey(), schedule.firstKey()),
  };
}
