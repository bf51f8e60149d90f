import { randomFillSync } from "node:crypto";

import type { Clock } from "../clock.ts";
import type { Message, MessageLock, Session } from "./message.ts";

/** The unsettled deliveries of a queue. */
export type MessageLocks = {
  readonly size: number;
  find: (token: string) => MessageLock | undefined;
  /** Locks a message for the lock duration, or within a session for as long as the session's lock. */
  lock: (message: Message, session: Session | undefined) => MessageLock;
  /** Starts the lock duration anew. */
  renew: (lock: MessageLock) => void;
  release: (lock: MessageLock) => void;
  /** Yields the locks that ended by `now`; the caller releases each. Session locks are not among them. */
  expired: (now: number) => Generator<MessageLock>;
  /** When the next lock ends, or Infinity. */
  nextExpiry: () => number;
};

const TOKEN_BYTES = 16;

/** Hands out random tokens from one block of random bytes: a call per token would cost more than the rest. */
function createTokenSource(): () => string {
  const block = Buffer.allocUnsafe(TOKEN_BYTES * 256);
  let used = block.length;
  return () => {
    if (used === block.length) {
      randomFillSync(block);
      used = 0;
    }
    used += TOKEN_BYTES;
    return block.toString("latin1", used - TOKEN_BYTES, used);
  };
}

/** Creates the lock table of a queue whose locks last `durationMs`. */
export function createMessageLocks(clock: Clock, durationMs: number): MessageLocks {
  const newToken = createTokenSource();
  /**
   * All locks last equally long, so insertion order is the order in which they end; a renewed lock moves
   * to the end. Locks within sessions have an end of their own and are in `inSessions`.
   */
  const timed = new Map<string, MessageLock>();
  const inSessions = new Map<string, MessageLock>();

  return {
    get size() {
      return timed.size + inSessions.size;
    },
    find: (token) => timed.get(token) ?? inSessions.get(token),
    lock(message, session) {
      const until = session ? session.lockedUntil : clock.now() + durationMs;
      const lock: MessageLock = { token: newToken(), message, until, session };
      message.lock = lock;
      if (session) {
        session.locks.add(lock);
        inSessions.set(lock.token, lock);
      } else {
        timed.set(lock.token, lock);
      }
      return lock;
    },
    renew(lock) {
      lock.until = clock.now() + durationMs;
      timed.delete(lock.token);
      timed.set(lock.token, lock);
    },
    release(lock) {
      lock.message.lock = undefined;
      lock.session?.locks.delete(lock);
      (lock.session ? inSessions : timed).delete(lock.token);
    },
    *expired(now) {
      for (const lock of timed.values()) {
        if (lock.until > now) return;
        yield lock;
      }
    },
    nextExpiry() {
      for (const lock of timed.values()) return lock.until;
      return Infinity;
    },
  };
}
