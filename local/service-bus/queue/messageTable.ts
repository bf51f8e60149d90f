import type { Message } from "./message.ts";
import { createSequenceIndex } from "./sequenceIndex.ts";

/** How many messages a queue holds, by state; `active` counts locked ones too. */
export type MessageCounts = { active: number; deferred: number; scheduled: number };

/** All messages of one queue by sequence number. */
export type MessageTable = {
  readonly counts: Readonly<MessageCounts>;
  get: (sequenceNumber: number) => Message | undefined;
  add: (message: Message) => void;
  remove: (message: Message) => void;
  /** Changes the state of a message in the table. */
  setState: (message: Message, state: Message["state"]) => void;
  /** Whether a receiver may have the message now. */
  isAvailable: (message: Message) => boolean;
  /** At most `count` messages from a sequence number on, of one session when it is given. */
  peek: (from: number, count: number, sessionId?: string) => Message[];
  /** When the oldest active message arrived, or undefined without one. */
  oldestEnqueuedAt: () => number | undefined;
};

/** Creates an empty table. */
export function createMessageTable(): MessageTable {
  const messages = new Map<number, Message>();
  const index = createSequenceIndex((sequenceNumber) => messages.has(sequenceNumber));
  const counts: MessageCounts = { active: 0, deferred: 0, scheduled: 0 };

  return {
    counts,
    get: (sequenceNumber) => messages.get(sequenceNumber),
    add(message) {
      messages.set(message.sequenceNumber, message);
      index.add(message.sequenceNumber);
      counts[message.state] += 1;
    },
    remove(message) {
      messages.delete(message.sequenceNumber);
      index.removed();
      counts[message.state] -= 1;
    },
    setState(message, state) {
      counts[message.state] -= 1;
      message.state = state;
      counts[state] += 1;
    },
    isAvailable: (message) =>
      message.state === "active" && !message.lock && messages.get(message.sequenceNumber) === message,
    peek(from, count, sessionId) {
      const found: Message[] = [];
      for (const sequenceNumber of index.from(from)) {
        const message = messages.get(sequenceNumber)!;
        if (sessionId !== undefined && message.sessionId !== sessionId) continue;
        if (found.push(message) >= count) break;
      }
      return found;
    },
    oldestEnqueuedAt() {
      if (counts.active === 0) return undefined;
      for (const sequenceNumber of index.from(0)) {
        const message = messages.get(sequenceNumber)!;
        if (message.state === "active") return message.enqueuedAt;
      }
      return undefined;
    },
  };
}
