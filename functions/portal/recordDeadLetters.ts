import type { InvocationContext } from "@azure/functions";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import type { Recorder } from "../sync-log/recorder.ts";
import type { SendOne } from "../platform/messaging/batchSender.ts";
import { toPayload } from "./content.ts";
import { eventQueues, fromQueueTrigger } from "./eventMessage.ts";
import type { EventMessage, EventQueue } from "./eventMessage.ts";
import type { Projection } from "./projection.ts";
import { nextAttemptAt, retryMessage } from "./retry.ts";
import { step } from "./understood.ts";

export interface DeadLetterServices {
  clock: Clock;
  random: () => number;
  retryBaseMs: number;
  send: (queue: EventQueue) => SendOne;
  recorder: Recorder;
  projection: Projection;
}

/**
 * Records what a queue gave up, so that nothing vanishes: an event whose processing never came to an end gets
 * the outcome `error`, and its next attempt is scheduled. One that was recorded before it was given up stays as it is.
 */
export async function recordDeadLetters(
  services: DeadLetterServices,
  messages: unknown,
  context: InvocationContext,
): Promise<void> {
  const properties = (context.triggerMetadata?.applicationPropertiesArray ?? []) as Record<string, unknown>[];
  const events = (messages as unknown[]).flatMap((body, index) => {
    const event = fromQueueTrigger(body, properties[index]);
    if (!event) context.error("A dead letter is none of Portal Sync's and was dropped.");
    return event ? [{ event, reason: reasonOf(properties[index], event, context) }] : [];
  });
  const recorded = await Promise.all(events.map(({ event, reason }) => giveUp(services, event, reason)));
  await services.recorder.record(recorded);
  for (const organizationId of new Set(recorded.map((event) => event.organizationId)))
    services.projection.touch(organizationId);
}

/** The host hands over property names with a small first letter. A reason that is not known here is for the log. */
function reasonOf(
  properties: Record<string, unknown> | undefined,
  { organizationId, eventId }: EventMessage,
  log: Log,
): string {
  const reason = properties?.deadLetterReason;
  if (reason === "MaxDeliveryCountExceeded") return "It was delivered as often as the queue allows.";
  if (reason === "TTLExpiredException") return "It waited longer than the queue keeps a message.";
  if (typeof reason !== "string") return "The queue gives no reason.";
  log.error(`The queue gave up event ${eventId} of ${organizationId}: ${reason}`);
  return "The queue's reason is in the platform's log, under the event id.";
}

/** As with any other failure, the next attempt is safely scheduled before an entry promises it. */
async function giveUp(
  services: DeadLetterServices,
  event: EventMessage,
  reason: string,
): Promise<RecordedEvent> {
  const { random, retryBaseMs: baseMs } = services;
  const now = services.clock();
  const failed = { code: "platform.deadLettered", event, retryAfterMs: null } as const;
  const next = nextAttemptAt({ ...failed, now, baseMs, random });
  if (next !== null) await services.send(eventQueues.reads)(retryMessage(event, next, baseMs));
  return toRecord(event, reason, now, next);
}

function toRecord(
  event: EventMessage,
  reason: string,
  now: number,
  nextAttemptAt: number | null,
): RecordedEvent {
  const { organizationId, eventId, receivedAt, attempt, kind, eventType, table, recordId, bytes } = event;
  const message = `${outcomeCatalogue["platform.deadLettered"].whatHappened} ${reason}`;
  return {
    ...{ organizationId, eventId, receivedAt, attempt, attemptKind: kind, eventType, table, recordId },
    outcome: "error",
    code: "platform.deadLettered",
    message,
    recordIds: recordId === null ? [] : [recordId],
    correlationId: null,
    operationId: null,
    initiatingUserId: null,
    operationCreatedAt: null,
    textRepaired: false,
    payload: toPayload(event),
    steps: [
      step("received", `${bytes} bytes from Dynamics.`),
      step("queued", message, "failed", now - receivedAt),
    ],
    changes: [],
    processedAt: now,
    nextAttemptAt,
  };
}
