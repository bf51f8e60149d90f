import type { Broker } from "../broker.ts";
import type { Frame, ReceivingLink, Session } from "./rhea.ts";
import { linkOf } from "./rheaInternals.ts";

/**
 * Looks at the frames of a session on their way in: counts them, and has the messages for queues handed
 * over as the bytes they are. rhea decodes messages of format 0 only, so such a frame loses its format.
 */
export function watchSession(session: Session, raw: WeakSet<ReceivingLink>, broker: Broker): void {
  const onTransfer = session.on_transfer.bind(session);
  const onDisposition = session.on_disposition.bind(session);

  session.on_transfer = (frame: Frame) => {
    if (raw.has(linkOf(session, frame))) {
      broker.operations.sends.frames += 1;
      if (frame.performative.message_format === 0) frame.performative.message_format = undefined;
    }
    onTransfer(frame);
  };
  session.on_disposition = (frame: Frame) => {
    if (frame.performative.role) broker.operations.settlements.frames += 1;
    onDisposition(frame);
  };
}
