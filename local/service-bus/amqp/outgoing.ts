import type { Broker } from "../broker.ts";
import type { Session as QueueSession } from "../queue/message.ts";
import type { Queue } from "../queue/queue.ts";
import { confirm } from "./attach.ts";
import type { Dispositions } from "./dispositions.ts";
import { refusalError } from "./errors.ts";
import { OUTCOME_EVENTS, outcomeOf } from "./outcomes.ts";
import type { Delivery, SendingLink } from "./rhea.ts";
import { answerDrains, capacityOf } from "./rheaInternals.ts";
import { writeMessage } from "./writeMessage.ts";

const PRE_SETTLED = 1;
const MESSAGE_FORMAT = 0;

/** The tag of a pre-settled delivery: SDKs want 16 bytes even where there is no lock. */
const NO_TOKEN = Buffer.alloc(16);

/**
 * Gives the messages of a queue, or of one session of it, to a client's receiver, and takes its
 * settlements. The returned function stops it.
 */
export function serveOutgoing(
  broker: Broker,
  queue: Queue,
  link: SendingLink,
  answers: Dispositions,
  session?: QueueSession,
): () => void {
  confirm(link);
  const receiveAndDelete = link.snd_settle_mode === PRE_SETTLED;
  const wake = () => broker.turn.wake(queue.serve);

  const removeConsumer = queue.addConsumer({
    session,
    receiveAndDelete,
    capacity: () => capacityOf(link),
    deliver(message, lock) {
      const tag = lock ? Buffer.from(lock.token, "latin1") : NO_TOKEN;
      const delivery = link.send(writeMessage(message, lock), tag, MESSAGE_FORMAT);
      const { received } = broker.operations;
      received.messages += 1;
      received.transfers += 1;
      received.frames += delivery.data?.length ?? 1;
    },
  });
  link.on("sendable", wake);
  const answerDrain = answerDrains(link);
  link.on("sender_draining", () => {
    wake();
    broker.turn.afterCommit(answerDrain);
  });
  if (!receiveAndDelete) takeSettlements(broker, queue, link, answers);
  return removeConsumer;
}

function takeSettlements(broker: Broker, queue: Queue, link: SendingLink, answers: Dispositions): void {
  for (const event of OUTCOME_EVENTS) {
    link.on(event, ({ delivery }) => {
      if (delivery.settled) return;
      broker.operations.settlements.messages += 1;
      const error = settle(broker, queue, delivery, event);
      const unanswered = !delivery.remote_settled;
      delivery.settled = true;
      // The client never settles a delivery whose receiver settles second: the answer is the end of it.
      delivery.remote_settled = true;
      if (unanswered) answers.answer(delivery.id, error);
    });
  }
}

function settle(broker: Broker, queue: Queue, delivery: Delivery, event: (typeof OUTCOME_EVENTS)[number]) {
  const fault = broker.faults.take("settle", queue.settings.name);
  if (fault) return fault;
  const refusal = queue.settle(delivery.tag.toString("latin1"), outcomeOf(event, delivery.remote_state));
  return refusal && refusalError(refusal);
}
