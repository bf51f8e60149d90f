import type { ServiceBusMessage } from "@azure/service-bus";
import { z } from "zod";
import type { Attempt } from "../contracts/portal.ts";
import { eventIdentity } from "../dynamics/eventIdentity.ts";
import type { ContextHead } from "../dynamics/context.ts";
import { compress, isCompressed } from "./content.ts";

/** Queues an event can wait in. */
export const eventQueues = {
  /** Where events arrive. */
  arrivals: "portal-events",
  /** Where those of an organization arrive that sends more than its share, so that nobody waits behind them. */
  bulk: "portal-events-bulk",
  /** Events whose record must be read from Dynamics, and retries: a slow environment delays nobody's arrivals. */
  reads: "portal-reads",
} as const;
/** Where the steps of replays wait, apart from all events, so that a long replay holds up no arrival. */
export const replayQueue = "portal-replays";
export type EventQueue = (typeof eventQueues)[keyof typeof eventQueues];

/** What a message says of its event without being opened. Times are milliseconds since 1970 UTC. */
interface EventEnvelope {
  organizationId: string;
  eventId: string;
  receivedAt: number;
  attempt: number;
  /** The attempt from which automatic retries are counted: the first one, or the last that a replay made. */
  firstTry: number;
  kind: Attempt["kind"];
  /** Size of the body as it was received, in bytes. */
  bytes: number;
  eventType: string;
  table: string | null;
  recordId: string | null;
  /** Name of the blob that holds the content when it was too large for the queue. */
  blob: string | null;
}

/** An event as it waits in a queue: its envelope and its content, as it was received or gzip, absent when a blob holds it. */
export interface EventMessage extends EventEnvelope {
  content: Buffer | null;
}

const number = z.coerce.number();
const textOrNull = z
  .string()
  .nullish()
  .transform((text) => text || null);
const envelopeSchema = z.object({
  organizationId: z.string().min(1),
  eventId: z.string().min(1),
  receivedAt: number,
  attempt: number,
  firstTry: number.default(1),
  kind: z.enum(["delivery", "retry", "replay"]),
  bytes: number,
  eventType: z.string(),
  table: textOrNull,
  recordId: textOrNull,
  blob: textOrNull,
});

/** Smaller bodies are queued as they came: they fit, and compressing them is left to whoever processes them. */
const compressedFromBytes = 65_536;

/** The event that a webhook with this body is, as it waits for its first attempt. */
export function firstAttempt(
  organizationId: string,
  context: ContextHead,
  body: Buffer,
  receivedAt: number,
): EventMessage & { content: Buffer } {
  const { eventType, table, recordId } = context;
  return {
    ...{ organizationId, eventId: eventIdentity(context, body), receivedAt },
    ...{ attempt: 1, firstTry: 1, kind: "delivery" },
    ...{ bytes: body.byteLength, eventType, table, recordId, blob: null },
    content: body.byteLength < compressedFromBytes ? body : compress(body),
  };
}

/**
 * The broker drops repetitions of a message id for as long as the queue says. The id names the organization as well,
 * so that two organizations that share an environment never take each other's events; every attempt has one of its own.
 */
export function toServiceBusMessage(event: EventMessage): ServiceBusMessage {
  const { content, ...envelope } = event;
  const properties = Object.entries(envelope).filter(([, value]) => value !== null);
  return {
    messageId: `${event.organizationId}/${event.eventId}/${event.attempt}`,
    contentType: content && !isCompressed(content) ? "application/json" : "application/json+gzip",
    subject: event.eventType.slice(0, 128),
    body: content ?? Buffer.alloc(1),
    applicationProperties: Object.fromEntries(properties),
  };
}

/** Reads a message as the queue trigger hands it over. Null when it is none of ours. */
export function fromQueueTrigger(body: unknown, properties: unknown): EventMessage | null {
  const envelope = envelopeSchema.safeParse(properties);
  if (!envelope.success) return null;
  const content = envelope.data.blob === null && Buffer.isBuffer(body) ? body : null;
  return { ...envelope.data, content };
}
