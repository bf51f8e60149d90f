/**
 * Where the broker reaches into rhea 3.0, because a queue broker needs what rhea does not offer. An upgrade
 * of rhea must be checked against this file; the tests with the real SDK cover all of it.
 */
/* oxlint-disable no-underscore-dangle -- these are rhea's names */
import type { Connection, Frame, ReceivingLink, SendingLink, Session } from "./rhea.ts";

/** Makes rhea write what is pending on a connection, in the next tick. */
export function flush(connection: Connection): void {
  connection._register();
}

/** The link that a frame is for. */
export function linkOf(session: Session, frame: Frame): ReceivingLink {
  return session._get_link(frame);
}

/** Keeps rhea from answering the attach of a link until the returned function is called. */
export function holdAttach(link: SendingLink): () => void {
  const process = link._process.bind(link);
  link._process = () => {};
  return () => {
    link._process = process;
    flush(link.connection);
  };
}

/**
 * Answers a receiver that drains its credit: after the deliveries that are under way, the rest of the credit
 * is given back, even when none is left. rhea itself answers only while credit is left, and the SDK then
 * waits in vain and closes the link. The returned function gives the answer to one drain.
 */
export function answerDrains(link: SendingLink): () => void {
  let draining = false;
  link._get_drain = () => {
    if (!draining) return false;
    draining = false;
    link.delivery_count += link.credit;
    link.credit = 0;
    return true;
  };
  return () => {
    draining = true;
    link.issue_flow = true;
    flush(link.connection);
  };
}

/** How many messages a link can be given now: its credit, less what waits to be written, within the session's limit. */
export function capacityOf(link: SendingLink): number {
  if (!link.is_open()) return 0;
  const { outgoing } = link.session;
  const unsent = outgoing.next_delivery_id - outgoing.next_pending_delivery;
  return Math.min(link.credit - unsent, outgoing.available());
}
