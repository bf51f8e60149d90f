import type { InvocationContext } from "@azure/functions";
import { outcomeCatalogue } from "../contracts/outcomes.ts";
import type { Clock } from "../platform/clock.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import type { Recorder } from "../sync-log/recorder.ts";
import { fromQueueTrigger } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";
import type { Projection } from "./projection.ts";
import { step } from "./understood.ts";

export interface DeadLetterServices {
  clock: Clock;
  recorder: Recorder;
  projection: Projection;
}

/**
 * Records what a queue gave up, so that nothing vanishes: an event whose processing never came to an end gets
 * the outcome `error`. One that was recorded before it was given up stays as it is.
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
    return event ? [toRecord(event, reasonOf(properties[index]), services.clock())] : [];
  });
  await services.recorder.record(events);
  for (const organizationId of new Set(events.map((event) => event.organizationId)))
    services.projection.touch(organizationId);
}

/** The host hands over property names with a small first letter. */
function reasonOf(properties: Record<string, unknown> | undefined): string {
  const reason = properties?.deadLetterReason;
  if (reason === "MaxDeliveryCountExceeded") return "It was delivered as often as the queue allows.";
  return typeof reason === "string" ? `The queue's reason: ${reason}.` : "The queue gives no reason.";
}

function toRecord(event: EventMessage, reason: string, now: number): RecordedEvent {
  const {
    organizationId,
    eventId,
    receivedAt,
    attempt,
    kind,
    eventType,
    table,
    recordId,
    bytes,
    blob,
    content,
  } = event;
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
    payload: content ? { bytes, gzip: content } : blob === null ? null : { bytes, blob },
    steps: [
      step("received", `${bytes} bytes from Dynamics.`),
      step("queued", message, "failed", now - receivedAt),
    ],
    changes: [],
    processedAt: now,
    nextAttemptAt: null,
  };
}
