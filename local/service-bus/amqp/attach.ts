import type { Broker } from "../broker.ts";
import type { Queue } from "../queue/queue.ts";
import { type Address, parseAddress } from "./addresses.ts";
import { amqpError, entityNotFound, notImplemented } from "./errors.ts";
import type { AmqpError, ReceivingLink, SendingLink } from "./rhea.ts";

/** Where a link leads, or why it leads nowhere. */
export type Route =
  | { kind: "cbs" }
  | { kind: "management"; queue: Queue }
  | { kind: "entity"; queue: Queue }
  | { kind: "refused"; error: AmqpError };

/** Finds where an address leads. `authorized`: a good token came over this connection. */
export function route(broker: Broker, address: string | undefined, authorized: boolean, host: string): Route {
  if (address === undefined) return { kind: "refused", error: notImplemented("transactions") };
  const { entity, kind }: Address = parseAddress(address);
  if (kind === "cbs") return { kind };
  if (!authorized) {
    const error = amqpError("amqp:unauthorized-access", "Unauthorized access. Put a token to $cbs first.");
    return { kind: "refused", error };
  }
  const queue = broker.find(entity);
  if (!queue) return { kind: "refused", error: entityNotFound(host, entity) };
  const fault = kind === "entity" ? broker.faults.take("attach", queue.settings.name) : undefined;
  return fault ? { kind: "refused", error: fault } : { kind, queue };
}

/**
 * Answers an attach with the terminuses that the client proposed. A link that is refused must not get them:
 * their absence is how a client knows that the error follows.
 */
export function confirm(link: SendingLink | ReceivingLink): void {
  if (link.source) link.local.attach.source = link.source.described();
  if (link.target) link.local.attach.target = link.target.described();
  link.local.attach.snd_settle_mode = link.snd_settle_mode ?? 2;
  link.local.attach.rcv_settle_mode = link.rcv_settle_mode ?? 0;
}
