import type { Broker } from "../broker.ts";
import type { Session as QueueSession, SessionHolder } from "../queue/message.ts";
import type { Queue } from "../queue/queue.ts";
import type { Dispositions } from "./dispositions.ts";
import { amqpError, refusalError } from "./errors.ts";
import { serveOutgoing } from "./outgoing.ts";
import { type AmqpError, type SendingLink, types } from "./rhea.ts";
import { holdAttach } from "./rheaInternals.ts";

const FILTER = "com.microsoft:session-filter";

/** How long a client waits for a session when it does not say; the service waits about as long. */
const DEFAULT_WAIT_MS = 60_000;

/** .NET ticks (100 ns since the year 1) at the start of the Unix epoch. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

/** Whether a client's receiver asks for a session: of an id, or (null) the next free one. */
export function isSessionReceiver(link: SendingLink): boolean {
  const filter = link.source?.filter;
  return filter !== undefined && filter !== null && FILTER in filter;
}

/**
 * Gives a session to a client's receiver. The attach is answered only once a session is locked, or the
 * time is over that the client is ready to wait. The returned function lets go of the session.
 */
export function serveSession(
  broker: Broker,
  queue: Queue,
  link: SendingLink,
  answers: Dispositions,
): () => void {
  const wanted = link.source?.filter?.[FILTER];
  let stop = () => {};
  const holder: SessionHolder = {
    lost() {
      stop();
      link.close(refusalError("sessionLockLost"));
    },
  };

  const open = (session: QueueSession) => {
    const stopServing = serveOutgoing(broker, queue, link, answers, session);
    link.set_source({ address: link.source?.address, filter: { [FILTER]: session.id } });
    link.local.attach.properties = {
      "com.microsoft:locked-until-utc": types.wrap_long(ticks(session.lockedUntil)),
    };
    stop = () => {
      stopServing();
      queue.sessions.release(session, holder);
    };
  };

  if (typeof wanted === "string") {
    const session = queue.sessions.accept(wanted, holder);
    if (session) open(session);
    else link.close(cannotBeLocked(wanted));
    return () => stop();
  }

  const proceed = holdAttach(link);
  const cancelTimer = broker.clock.after(waitMs(link), () => {
    giveUp();
    link.close(noSession());
    proceed();
  });
  const giveUp = queue.sessions.acceptNext(holder, (session) => {
    cancelTimer();
    open(session);
    proceed();
  });
  stop = () => {
    cancelTimer();
    giveUp();
    proceed();
  };
  return () => stop();
}

function waitMs(link: SendingLink): number {
  const value = Number(link.properties?.["com.microsoft:timeout"]);
  return Number.isFinite(value) && value > 0 ? value : DEFAULT_WAIT_MS;
}

function ticks(time: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(time) * 10_000n + EPOCH_TICKS);
  return bytes;
}

function cannotBeLocked(sessionId: string): AmqpError {
  const text = `The requested session '${sessionId}' cannot be accepted. It may be locked by another receiver.`;
  return amqpError("com.microsoft:session-cannot-be-locked", text);
}

function noSession(): AmqpError {
  return amqpError("com.microsoft:timeout", "No session with messages became free in the given time.");
}
