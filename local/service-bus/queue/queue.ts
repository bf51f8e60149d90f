import type { Clock } from "../clock.ts";
import { createAlarm } from "./alarm.ts";
import { createConsumers, type Consumer } from "./consumers.ts";
import { createDuplicateWindow } from "./duplicateWindow.ts";
import { createLifecycle } from "./lifecycle.ts";
import type { IncomingMessage, Message, MessageLock, Outcome, Properties, Refusal } from "./message.ts";
import { createMessageLocks } from "./messageLocks.ts";
import { createMessageTable, type MessageCounts } from "./messageTable.ts";
import { createSessionDesk, type SessionDesk } from "./sessionDesk.ts";
import { createSessions } from "./sessions.ts";
import type { QueueSettings } from "./settings.ts";
import type { QueueStore, StoredQueue } from "./store.ts";
import { createWaiting } from "./waiting.ts";

/** What a queue needs from outside. */
type QueueDependencies = {
  readonly clock: Clock;
  readonly store: QueueStore;
  /** Asks that `serve` be called at the end of the turn. */
  readonly wake: () => void;
  /** Sets application properties in the bytes of a message. */
  readonly setProperties: (message: Message, properties: Properties) => void;
  /** Where dead letters go; undefined makes this queue a dead-letter sub-queue itself. */
  readonly deadLetters: Queue | undefined;
};

/** A queue, or the dead-letter sub-queue of one. Nothing here knows of AMQP, sockets or timers. */
export type Queue = {
  readonly settings: QueueSettings;
  readonly sessions: SessionDesk;
  /** Accepts a message; returns its sequence number, or undefined when it was a duplicate and dropped. */
  enqueue: (incoming: IncomingMessage) => number | undefined;
  /** Cancels scheduled messages, all or none. */
  cancelScheduled: (sequenceNumbers: readonly number[]) => Refusal | undefined;
  /** At most `count` messages from a sequence number on, whatever their state. */
  peek: (from: number, count: number, sessionId?: string) => Message[];
  /** Receives deferred messages, all or none; under peek-lock each carries its lock. */
  receiveDeferred: (
    sequenceNumbers: readonly number[],
    receiveAndDelete: boolean,
    sessionId?: string,
  ) => Message[] | Refusal;
  settle: (token: string, outcome: Outcome) => Refusal | undefined;
  /** Renews a message lock; returns until when it holds now. */
  renewLock: (token: string) => number | Refusal;
  /** Starts giving messages to a receiver; the returned function stops it. What it has stays locked. */
  addConsumer: (consumer: Consumer) => () => void;
  /** Gives what waits to those who want it. */
  serve: () => void;
  /** Takes over a dead letter. */
  bury: (message: Message) => void;
  /** Takes over what was kept before a restart. */
  restore: (stored: StoredQueue) => void;
  counts(): MessageCounts & { locked: number; oldestEnqueuedAt: number | undefined };
  stop: () => void;
};

/** Creates a queue. */
export function createQueue(settings: QueueSettings, dependencies: QueueDependencies): Queue {
  const { clock, store, wake, setProperties, deadLetters } = dependencies;
  const table = createMessageTable();
  const locks = createMessageLocks(clock, settings.lockMs);
  const duplicates = createDuplicateWindow(settings.duplicateWindowMs, store);
  const alarm = createAlarm(clock, () => sweep());
  const line = createWaiting(table.isAvailable);
  const sessions = createSessions(clock, settings.lockMs, table.isAvailable);
  let lastSequenceNumber = 0;

  const enterLine = (message: Message) => {
    if (settings.requiresSession) {
      const session = sessions.get(message.sessionId!);
      session.waiting.add(message);
      sessions.filled(session);
    } else {
      line.add(message);
    }
    wake();
  };

  const leaveLine = ({ sessionId }: Message) =>
    (settings.requiresSession ? sessions.get(sessionId!).waiting : line).left();

  const bury = deadLetters && ((message: Message) => deadLetters.bury(message));
  const lifecycle = createLifecycle({
    settings,
    clock,
    store,
    table,
    locks,
    alarm,
    enterLine,
    leaveLine,
    setProperties,
    bury,
  });
  const desk = createSessionDesk({ sessions, lifecycle, store, clock, alarm, wake });

  const lockFor = (message: Message, sessionId?: string): MessageLock => {
    const lock = locks.lock(message, sessionId === undefined ? undefined : sessions.get(sessionId));
    alarm.at(lock.until);
    return lock;
  };

  const consumers = createConsumers(
    (consumer) => consumer.session?.waiting ?? line,
    lifecycle.take,
    (message, consumer) => {
      if (consumer.receiveAndDelete) lifecycle.remove(message);
      consumer.deliver(
        message,
        consumer.receiveAndDelete ? undefined : lockFor(message, consumer.session?.id),
      );
    },
  );

  const expiryOf = (enqueuedAt: number, timeToLive: number | undefined) =>
    enqueuedAt + Math.min(timeToLive ?? Infinity, settings.defaultTimeToLiveMs);

  /** A scheduled message becomes active as if it arrived now: with a new sequence number. */
  const activate = (message: Message, now: number) => {
    table.remove(message);
    store.remove(message.sequenceNumber);
    message.state = "active";
    message.sequenceNumber = ++lastSequenceNumber;
    message.enqueuedAt = now;
    message.expiresAt = expiryOf(now, message.content.timeToLive);
    table.add(message);
    store.insert(message);
    lifecycle.place(message);
  };

  const sweep = () => {
    const now = clock.now();
    for (const lock of locks.expired(now)) lifecycle.giveBack(lock, true);
    desk.expire(now);
    for (const message of lifecycle.sweep(now)) activate(message, now);
    alarm.at(Math.min(locks.nextExpiry(), sessions.nextExpiry(), lifecycle.nextDeadline()));
  };

  const liveLock = (token: string): MessageLock | undefined => {
    const lock = locks.find(token);
    if (!lock || lock.until > clock.now()) return lock;
    sweep();
    return undefined;
  };

  /** Every message of a list once: clients may name one twice. */
  const findAll = (sequenceNumbers: readonly number[]) =>
    [...new Set(sequenceNumbers)].map((sequenceNumber) => table.get(sequenceNumber));

  const lost: Refusal = settings.requiresSession ? "sessionLockLost" : "messageLockLost";

  return {
    settings,
    sessions: desk,
    enqueue(incoming) {
      const now = clock.now();
      if (!duplicates.admit(incoming.messageId, now)) return undefined;
      const scheduled = incoming.scheduledFor !== undefined && incoming.scheduledFor > now;
      const message: Message = {
        sequenceNumber: ++lastSequenceNumber,
        state: scheduled ? "scheduled" : "active",
        messageId: incoming.messageId,
        sessionId: incoming.sessionId,
        enqueuedAt: now,
        expiresAt: scheduled ? Infinity : expiryOf(now, incoming.content.timeToLive),
        scheduledFor: incoming.scheduledFor,
        deliveryCount: 0,
        content: incoming.content,
        lock: undefined,
      };
      table.add(message);
      store.insert(message);
      lifecycle.place(message);
      return message.sequenceNumber;
    },
    cancelScheduled(sequenceNumbers) {
      const found = findAll(sequenceNumbers);
      if (found.some((message) => message?.state !== "scheduled")) return "messageNotFound";
      for (const message of found) lifecycle.remove(message!);
      return undefined;
    },
    peek: table.peek,
    receiveDeferred(sequenceNumbers, receiveAndDelete, sessionId) {
      if (settings.requiresSession && !desk.isHeld(sessionId)) return "sessionLockLost";
      const found = findAll(sequenceNumbers);
      const had = (message: Message | undefined): message is Message =>
        message?.state === "deferred" &&
        !message.lock &&
        (sessionId === undefined || message.sessionId === sessionId);
      if (!found.every(had)) return "messageNotFound";
      for (const message of found) {
        if (receiveAndDelete) lifecycle.remove(message);
        else lockFor(message, sessionId);
      }
      return found;
    },
    settle(token, outcome) {
      const lock = liveLock(token);
      return lock ? lifecycle.settle(lock, outcome) : lost;
    },
    renewLock(token) {
      const lock = liveLock(token);
      if (!lock) return lost;
      if (!lock.session) locks.renew(lock);
      return lock.until;
    },
    addConsumer(consumer) {
      consumers.add(consumer);
      wake();
      return () => consumers.remove(consumer);
    },
    serve() {
      desk.serve();
      consumers.serve();
    },
    bury(message) {
      table.add(message);
      enterLine(message);
    },
    restore(stored) {
      lastSequenceNumber = stored.lastSequenceNumber;
      for (const { messageId, at } of stored.messageIds) duplicates.restore(messageId, at);
      for (const { sessionId, state } of stored.sessionStates) sessions.get(sessionId).state = state;
      for (const message of stored.messages) {
        table.add(message);
        lifecycle.place(message);
      }
    },
    counts: () => ({ ...table.counts, locked: locks.size, oldestEnqueuedAt: table.oldestEnqueuedAt() }),
    stop: alarm.stop,
  };
}
