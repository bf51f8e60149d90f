import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fromQueueTrigger, toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";

const event: EventMessage = {
  organizationId: "contoso",
  eventId: "0123456789abcdef0123456789abcdef",
  receivedAt: Date.UTC(2026, 0, 5, 8),
  attempt: 1,
  firstTry: 1,
  kind: "delivery",
  bytes: 5,
  eventType: "contact.Update",
  table: "contact",
  recordId: "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
  blob: null,
  content: gzipSync('{"a":1}'),
};
const inBlob: EventMessage = { ...event, blob: "contoso/event.json.gz", content: null };
const bare: EventMessage = { ...event, table: null, recordId: null };

/** The event after it went through the queue. */
function throughQueue(given: EventMessage): EventMessage | null {
  const { body, applicationProperties } = toServiceBusMessage(given);
  return fromQueueTrigger(body, JSON.parse(JSON.stringify(applicationProperties)));
}

describe("an event in a queue", () => {
  it.each([
    ["with its content", event],
    ["with its content as it was received", { ...event, content: Buffer.from('{"a":1}') }],
    ["with its content in a blob", inBlob],
    ["that names no table and no record", bare],
    ["that comes again", { ...event, attempt: 7, firstTry: 6, kind: "retry" as const }],
  ])("comes out as it went in: %s", (_, given) => {
    expect(throughQueue(given)).toEqual(given);
  });

  it("has an id that is the same for every repetition of the delivery, and another for each organization and attempt", () => {
    const idOf = (changes: Partial<EventMessage>) => toServiceBusMessage({ ...event, ...changes }).messageId;
    expect(idOf({ receivedAt: 0, content: null })).toBe(idOf({}));
    const others = [
      idOf({}),
      idOf({ organizationId: "fabrikam" }),
      idOf({ attempt: 2 }),
      idOf({ attempt: 3 }),
    ];
    expect(new Set(others).size).toBe(4);
  });

  it("keeps to the limits of Service Bus for ids and subjects, which are 128 characters", () => {
    const long = { ...event, organizationId: "o".repeat(40), attempt: 999, eventType: "x".repeat(500) };
    const { messageId, subject } = toServiceBusMessage(long);
    expect(String(messageId).length).toBeLessThanOrEqual(128);
    expect(subject).toHaveLength(128);
  });
});

describe("a message that is none of ours", () => {
  it.each([
    ["without properties", undefined],
    ["with others", { name: "x" }],
    ["with a number that is none", { ...event, receivedAt: "yesterday" }],
    ["of another kind", { ...event, kind: "greeting" }],
    ["that belongs to nobody", { ...event, organizationId: "" }],
  ])("is told apart: %s", (_, properties) => {
    expect(fromQueueTrigger(Buffer.from("x"), properties)).toBeNull();
  });
});
