import type { RecordedEvent } from "../recordedEvent.ts";

/** An event id out of a number. */
export function sampleEventId(number: number): string {
  return number.toString(16).padStart(32, "0");
}

/** An event that came right at its first delivery, with everything that a test does not care about. */
export function sampleEvent(own: Partial<RecordedEvent> = {}): RecordedEvent {
  const receivedAt = own.receivedAt ?? Date.UTC(2026, 2, 4, 12, 30);
  return {
    organizationId: "contoso",
    eventId: sampleEventId(1),
    receivedAt,
    attempt: 1,
    attemptKind: "delivery",
    outcome: "success",
    code: null,
    message: null,
    eventType: "contact.Update",
    table: "contact",
    recordId: "11111111-2222-3333-4444-555555555555",
    recordIds: ["11111111-2222-3333-4444-555555555555"],
    correlationId: null,
    operationId: null,
    initiatingUserId: null,
    operationCreatedAt: null,
    textRepaired: false,
    payload: null,
    steps: [],
    changes: [],
    processedAt: receivedAt + 250,
    nextAttemptAt: null,
    ...own,
  };
}
