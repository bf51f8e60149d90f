import type { Clock } from "../clock.ts";
import type { Alarm } from "./alarm.ts";
import type { Lifecycle } from "./lifecycle.ts";
import type { Refusal, Session, SessionHolder } from "./message.ts";
import type { Sessions } from "./sessions.ts";
import type { QueueStore } from "./store.ts";

/** Where receivers get and give back sessions. */
export type SessionDesk = {
  /** Accepts a session by its id, whether or not it has messages; undefined when another receiver holds it. */
  accept: (sessionId: string, holder: SessionHolder) => Session | undefined;
  /** Waits for the next session that has messages and no holder; the returned function gives up. */
  acceptNext: (holder: SessionHolder, accepted: (session: Session) => void) => () => void;
  /** Lets go of a session: its unsettled messages wait again, and no delivery is counted. */
  release: (session: Session, holder: SessionHolder) => void;
  /** Renews a session's lock; returns until when it holds now. */
  renew: (sessionId: string) => number | Refusal;
  isHeld: (sessionId: string | undefined) => boolean;
  state: (sessionId: string) => Uint8Array | undefined;
  setState: (sessionId: string, state: Uint8Array | undefined) => void;
  /** Ends the session locks that ran out by `now`: their unsettled messages count as delivered once more. */
  expire: (now: number) => void;
  /** Gives free sessions to those who wait for one. */
  serve: () => void;
};

type Parts = {
  readonly sessions: Sessions;
  readonly lifecycle: Lifecycle;
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly alarm: Alarm;
  readonly wake: () => void;
};

/** Builds the desk of one queue. */
export function createSessionDesk({ sessions, lifecycle, store, clock, alarm, wake }: Parts): SessionDesk {
  const waiting = new Set<{ holder: SessionHolder; accepted: (session: Session) => void }>();

  const hold = (session: Session, holder: SessionHolder) => {
    sessions.hold(session, holder);
    alarm.at(session.lockedUntil);
  };

  const end = (session: Session, countsAsDelivery: boolean) => {
    for (const lock of session.locks) lifecycle.giveBack(lock, countsAsDelivery);
    sessions.release(session);
    wake();
  };

  const expire = (now: number) => {
    for (const session of sessions.expired(now)) {
      const { holder } = session;
      end(session, true);
      holder?.lost();
    }
  };

  return {
    expire,
    accept(sessionId, holder) {
      expire(clock.now());
      const session = sessions.get(sessionId);
      if (session.holder) return undefined;
      hold(session, holder);
      return session;
    },
    acceptNext(holder, accepted) {
      const entry = { holder, accepted };
      waiting.add(entry);
      wake();
      return () => waiting.delete(entry);
    },
    release(session, holder) {
      if (session.holder === holder) end(session, false);
    },
    renew(sessionId) {
      expire(clock.now());
      const session = sessions.find(sessionId);
      if (!session?.holder) return "sessionLockLost";
      sessions.renew(session);
      return session.lockedUntil;
    },
    isHeld: (sessionId) => sessionId !== undefined && sessions.find(sessionId)?.holder !== undefined,
    state: (sessionId) => sessions.find(sessionId)?.state,
    setState(sessionId, state) {
      sessions.get(sessionId).state = state;
      store.setSessionState(sessionId, state);
    },
    serve() {
      for (const entry of waiting) {
        const session = sessions.nextFree();
        if (!session) return;
        waiting.delete(entry);
        hold(session, entry.holder);
        entry.accepted(session);
      }
    },
  };
}
