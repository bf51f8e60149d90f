import type { Clock } from "../clock.ts";
import type { Message, Session, SessionHolder } from "./message.ts";
import { createWaiting } from "./waiting.ts";

/** The sessions of one queue. */
export type Sessions = {
  /** The session of this id, created when it is not there yet. */
  get: (id: string) => Session;
  find: (id: string) => Session | undefined;
  /** A session that has messages waiting and nobody holding it, or undefined. */
  nextFree: () => Session | undefined;
  /** Gives the session's lock to a holder. */
  hold: (session: Session, holder: SessionHolder) => void;
  /** Starts the lock duration anew. */
  renew: (session: Session) => void;
  /** Takes the lock away from its holder. */
  release: (session: Session) => void;
  /** Says that a message was put into the session's line. */
  filled: (session: Session) => void;
  /** Yields the held sessions whose lock ended by `now`; the caller releases each. */
  expired: (now: number) => Generator<Session>;
  nextExpiry: () => number;
};

/** Creates the session table of a queue; `isAvailable` says whether a waiting message is still to be had. */
export function createSessions(
  clock: Clock,
  durationMs: number,
  isAvailable: (message: Message) => boolean,
): Sessions {
  const all = new Map<string, Session>();
  const free = new Set<Session>();
  /** In the order in which the locks end: all last equally long, and a renewed one moves to the end. */
  const held = new Set<Session>();

  const settle = (session: Session) => {
    if (session.holder) return;
    if (!session.waiting.isEmpty()) free.add(session);
    else {
      free.delete(session);
      if (session.state === undefined) all.delete(session.id);
    }
  };

  const extend = (session: Session) => {
    session.lockedUntil = clock.now() + durationMs;
    for (const lock of session.locks) lock.until = session.lockedUntil;
    held.delete(session);
    held.add(session);
  };

  return {
    get(id) {
      let session = all.get(id);
      if (!session) {
        const waiting = createWaiting(isAvailable);
        session = { id, waiting, locks: new Set(), holder: undefined, lockedUntil: 0, state: undefined };
        all.set(id, session);
      }
      return session;
    },
    find: (id) => all.get(id),
    nextFree() {
      for (const session of free) {
        if (!session.waiting.isEmpty()) return session;
        settle(session);
      }
      return undefined;
    },
    hold(session, holder) {
      session.holder = holder;
      free.delete(session);
      extend(session);
    },
    renew: extend,
    release(session) {
      session.holder = undefined;
      held.delete(session);
      settle(session);
    },
    filled: settle,
    *expired(now) {
      for (const session of held) {
        if (session.lockedUntil > now) return;
        yield session;
      }
    },
    nextExpiry() {
      for (const session of held) return session.lockedUntil;
      return Infinity;
    },
  };
}
