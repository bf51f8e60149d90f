import type { DuplicateLog } from "./duplicateWindow.ts";
import type { Message } from "./message.ts";

/** What a queue keeps beyond the life of the process. Each call is part of the turn's transaction. */
export type QueueStore = DuplicateLog & {
  insert: (message: Message) => void;
  /** Delivery count, state or content of a message changed. */
  update: (message: Message) => void;
  /** A message moved into the dead-letter sub-queue; its content carries the reason. */
  moveToDeadLetters: (message: Message) => void;
  remove: (sequenceNumber: number) => void;
  /** Sets, or with undefined clears, the state of a session. */
  setSessionState: (sessionId: string, state: Uint8Array | undefined) => void;
  /** All that was kept, in order of sequence number. Locks are not kept: what was locked is available again. */
  load: () => StoredQueue;
};

/** What a restart finds. */
export type StoredQueue = {
  lastSequenceNumber: number;
  messages: Message[];
  deadLetters: Message[];
  /** Oldest first. */
  messageIds: { messageId: string; at: number }[];
  sessionStates: { sessionId: string; state: Uint8Array }[];
};

/** Keeps nothing: the store of a broker that lives in memory only. */
export const memoryStore: QueueStore = {
  insert: () => {},
  update: () => {},
  moveToDeadLetters: () => {},
  remove: () => {},
  remember: () => {},
  forgetBefore: () => {},
  setSessionState: () => {},
  load: () => ({ lastSequenceNumber: 0, messages: [], deadLetters: [], messageIds: [], sessionStates: [] }),
};
