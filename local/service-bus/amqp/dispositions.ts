import type { Turn } from "../turn.ts";
import { type AmqpError, frames, message, type Session } from "./rhea.ts";
import { flush } from "./rheaInternals.ts";

/** Answers deliveries of one session in one direction. */
export type Dispositions = {
  /** Answers a delivery after the commit of this turn: accepted, or rejected with an error. */
  answer: (deliveryId: number, error?: AmqpError) => void;
};

/** Who speaks: the receiver of a message (a client sent it) or its sender (a client settled it). */
export type Role = "receiver" | "sender";

/**
 * Creates the answering side of a session. Runs of accepted deliveries share one frame; a rejected one
 * stands alone. Written here because rhea would also merge answers that differ.
 */
export function createDispositions(session: Session, role: Role, turn: Turn): Dispositions {
  const accepted = message.accepted().described();
  let pending: { id: number; error: AmqpError | undefined }[] = [];

  const write = (first: number, last: number, error: AmqpError | undefined) => {
    const state = error ? message.rejected({ error }).described() : accepted;
    session.output(frames.disposition({ role: role === "receiver", first, last, settled: true, state }));
  };

  const writeAll = () => {
    const answers = pending;
    pending = [];
    let first = 0;
    answers.forEach(({ id, error }, index) => {
      const next = answers[index + 1];
      if (!error && next && !next.error && next.id === id + 1) return;
      write(answers[first]!.id, id, error);
      first = index + 1;
    });
    flush(session.connection);
  };

  return {
    answer(deliveryId, error) {
      if (pending.length === 0) turn.afterCommit(writeAll);
      pending.push({ id: deliveryId, error });
    },
  };
}
