import type { Broker } from "../broker.ts";
import type { Queue } from "../queue/queue.ts";
import { confirm, route } from "./attach.ts";
import { answerPutToken, type Request } from "./cbs.ts";
import { createDispositions, type Dispositions, type Role } from "./dispositions.ts";
import { amqpError, refusalError } from "./errors.ts";
import { serveIncoming } from "./incoming.ts";
import { answerManagement } from "./management.ts";
import { serveOutgoing } from "./outgoing.ts";
import type { Connection, Context, ReceivingLink, SendingLink, Session } from "./rhea.ts";
import { isSessionReceiver, serveSession } from "./sessionReceiver.ts";
import { watchSession } from "./watchSession.ts";

/** One client connection, as the listener sees it. */
export type ClientConnection = {
  /** Detaches every link to an entity with an error. */
  detach: (entity: string, condition: string) => void;
  /** Drops the socket without a word. */
  drop: () => void;
};

/** Serves one client connection until its socket closes. `host` is what the client calls the broker. */
export function serveConnection(broker: Broker, connection: Connection, host: string): ClientConnection {
  let authorized = false;
  /** Replies go to the receiver whose name or target the request named. */
  const replyLinks = new Map<string, SendingLink>();
  const raw = new WeakSet<ReceivingLink>();
  const open = new Map<SendingLink | ReceivingLink, { queue: Queue; stop: () => void }>();
  const answering = new WeakMap<Session, Record<Role, Dispositions>>();

  const answersOf = (session: Session, role: Role): Dispositions => {
    let answers = answering.get(session);
    if (!answers) {
      const { turn } = broker;
      answers = {
        receiver: createDispositions(session, "receiver", turn),
        sender: createDispositions(session, "sender", turn),
      };
      answering.set(session, answers);
    }
    return answers[role];
  };

  const end = (link: SendingLink | ReceivingLink) => {
    open.get(link)?.stop();
    open.delete(link);
  };

  const reply = (request: Request, response: Record<string, unknown>) => {
    const delivery = replyLinks.get(request.reply_to ?? "")?.send(response);
    // Sent as settled: nobody waits for the client to confirm an answer.
    if (delivery) delivery.settled = true;
  };

  const onRequests = (link: ReceivingLink, answer: (request: Request) => Record<string, unknown>) => {
    const answers = answersOf(link.session, "receiver");
    link.on("message", ({ message, delivery }) => {
      const request = message as Request;
      delivery.settled = true;
      if (!delivery.remote_settled) answers.answer(delivery.id);
      const response = answer(request);
      broker.turn.afterCommit(() => reply(request, response));
    });
  };

  const onClientSender = ({ receiver: link }: Context) => {
    const to = route(broker, link.target?.address, authorized, host);
    if (to.kind === "refused") {
      link.close(to.error);
      return;
    }
    if (to.kind === "entity" && to.queue.settings.isDeadLetterQueue) {
      link.close(refusalError("notAllowed"));
      return;
    }
    confirm(link);
    if (to.kind === "cbs") {
      onRequests(link, (request) => answerPutToken(broker, request, () => (authorized = true)));
    } else if (to.kind === "management") {
      onRequests(link, (request) => answerManagement(broker, to.queue, request));
    } else {
      link.local.attach.max_message_size = broker.maxMessageBytes;
      raw.add(link);
      open.set(link, { queue: to.queue, stop: () => {} });
      serveIncoming(broker, to.queue, link, answersOf(link.session, "receiver"));
    }
  };

  const onClientReceiver = ({ sender: link }: Context) => {
    const from = route(broker, link.source?.address, authorized, host);
    if (from.kind === "refused") {
      link.close(from.error);
      return;
    }
    if (from.kind !== "entity") {
      confirm(link);
      replyLinks.set(replyAddress(link), link);
      return;
    }
    const { queue } = from;
    const answers = answersOf(link.session, "sender");
    const wantsSession = isSessionReceiver(link);
    if (wantsSession !== queue.settings.requiresSession) {
      link.close(sessionMismatch(wantsSession));
      return;
    }
    const stop = wantsSession
      ? serveSession(broker, queue, link, answers)
      : serveOutgoing(broker, queue, link, answers);
    open.set(link, { queue, stop });
  };

  connection.on("session_open", ({ session }) => watchSession(session, raw, broker));
  connection.on("receiver_open", onClientSender);
  connection.on("sender_open", onClientReceiver);
  connection.on("receiver_close", ({ receiver }) => end(receiver));
  connection.on("sender_close", ({ sender }) => {
    replyLinks.delete(replyAddress(sender));
    end(sender);
  });
  connection.on("session_close", ({ session }) => {
    for (const link of open.keys()) if (link.session === session) end(link);
  });
  const endAll = () => {
    for (const link of open.keys()) end(link);
  };
  connection.socket.once("close", () => {
    endAll();
    // Without an end of stream (a dropped socket) rhea would keep its heartbeat timers.
    connection.eof();
  });

  return {
    detach(entity, condition) {
      const error = amqpError(condition, "The link was detached on request of a test.");
      for (const [link, { queue }] of open) {
        if (queue.settings.name.toLowerCase() !== entity.toLowerCase()) continue;
        end(link);
        link.close(error);
      }
    },
    drop() {
      endAll();
      connection.socket.destroy();
    },
  };
}

/** What requests call a link on which a client waits for answers; on $cbs the SDK names no target. */
function replyAddress(link: SendingLink): string {
  return link.target?.address ?? link.name;
}

function sessionMismatch(wantsSession: boolean) {
  const text = wantsSession
    ? "A sessionful message receiver cannot be created on an entity that does not require sessions."
    : "It is not possible for an entity that requires sessions to create a non-sessionful message receiver.";
  return amqpError("amqp:not-allowed", text);
}
