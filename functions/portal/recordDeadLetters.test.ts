import type { InvocationContext } from "@azure/functions";
import { expect, it } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import { eventQueues, toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";
import { recordDeadLetters } from "./recordDeadLetters.ts";
import type { DeadLetterServices } from "./recordDeadLetters.ts";
import { createModelQueues } from "./testing/modelQueues.ts";

const minute = 60_000;
const delivered: EventMessage = {
  ...{ organizationId: "contoso", eventId: "e".repeat(32), receivedAt: 0, attempt: 1, firstTry: 1 },
  ...{
    kind: "delivery",
    bytes: 10,
    eventType: "contact.Update",
    table: "contact",
    recordId: null,
    blob: null,
  },
  content: Buffer.from("{}"),
};

/** Gives up an event every few seconds while storage is away for so long, and once when it is back. */
async function giveUpDuring(awayMs: number, event: EventMessage) {
  const queues = createModelQueues(20);
  const recorded: RecordedEvent[] = [];
  let now = 0;
  const services = {
    clock: () => now,
    random: Math.random,
    retryBaseMs: 30_000,
    send: () => async (message) => queues.send(eventQueues.reads, message),
    recorder: {
      record: async (events) => {
        if (now < awayMs) throw new StorageFault("ambiguous", null, "Storage is away.");
        recorded.push(...events);
        return events.map(() => "recorded");
      },
    },
    projection: { touch: () => {} } as Partial<DeadLetterServices["projection"]>,
  } as Partial<DeadLetterServices> as DeadLetterServices;
  const { body, applicationProperties } = toServiceBusMessage(event);
  const context = { triggerMetadata: { applicationPropertiesArray: [applicationProperties] } };
  const give = () => recordDeadLetters(services, [body], context as unknown as InvocationContext);
  for (; now < awayMs; now += 5_000) await expect(give()).rejects.toThrow("Storage is away.");
  await give();
  const promised = queues.peek(eventQueues.reads, 10_000, Number.POSITIVE_INFINITY);
  return { promised, at: recorded[0]?.nextAttemptAt ?? null };
}

it("an event is recorded, and its next attempt is there at the time that the log names", async () => {
  const { promised, at } = await giveUpDuring(0, delivered);
  expect(promised.map(({ dueAt }) => dueAt)).toEqual([at]);
});

it("while storage is away the next attempt of a delivery is scheduled once, however often it is given up", async () => {
  const { promised, at } = await giveUpDuring(30 * minute, delivered);
  expect(promised).toHaveLength(1);
  expect(at).not.toBeNull();
});

it("that of a retry is scheduled anew only when the one before could have been used up", async () => {
  const { promised, at } = await giveUpDuring(30 * minute, { ...delivered, attempt: 2, kind: "retry" });
  expect(promised.length).toBeLessThan(25);
  expect(promised.at(-1)?.dueAt).toBeGreaterThan(30 * minute);
  expect(at).toBeGreaterThan(30 * minute);
});
