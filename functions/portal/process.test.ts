import type { InvocationContext } from "@azure/functions";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { body, entity, reference, rowBody } from "../dynamics/testing/body.ts";
import { realSleep } from "../platform/sleep.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { defaultMappings } from "../records/defaultMappings.ts";
import { createRecordStore } from "../records/recordStore.ts";
import type { RecordedEvent } from "../sync-log/recordedEvent.ts";
import { createRecorder } from "../sync-log/recorder.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { toServiceBusMessage } from "./eventMessage.ts";
import type { EventMessage } from "./eventMessage.ts";
import { processArrivals, processBulk, processRead } from "./process.ts";
import type { ProcessServices } from "./process.ts";

const patienceMs = 45_000;
/** How long the broker keeps a message for whoever took it. */
const lockMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 8) });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A table whose requests end without an answer after so many milliseconds. */
function silentTable(afterMs: number): Table {
  const fail = async () => {
    await realSleep(afterMs);
    throw new StorageFault("ambiguous", null, "Storage did not answer.");
  };
  return { submit: fail, get: fail, range: fail };
}

function servicesOver(table: Table): ProcessServices {
  return {
    ...{ clock: Date.now, random: Math.random, sleep: realSleep, patienceMs, retryBaseMs: 30_000 },
    directory: { find: async () => null },
    mappings: { of: async () => defaultMappings },
    records: createRecordStore({ table }),
    recorder: createRecorder({ table, clock: Date.now }),
    projection: { touch: () => {} },
    pressure: { calm: async () => {} },
    send: () => async () => {},
  } as unknown as ProcessServices;
}

/** Events of this table of Dynamics as messages, each of a record of its own. */
function messagesOf(table: string, count: number, own: Partial<EventMessage> = {}) {
  return Array.from({ length: count }, (_, index) => {
    const id = `11111111-aaaa-4aaa-8aaa-${String(index).padStart(12, "0")}`;
    const event: EventMessage = {
      ...{ organizationId: "contoso", eventId: index.toString(16).padStart(32, "0"), receivedAt: Date.now() },
      ...{ attempt: 1, firstTry: 1, kind: "delivery", bytes: 10, eventType: `${table}.Update`, table },
      ...{ recordId: id, blob: null },
      content: Buffer.from(JSON.stringify(rowBody("Update", table, id, { lastname: "Vega" }))),
      ...own,
    };
    return toServiceBusMessage(event);
  });
}

function contextOf(triggerMetadata: object): InvocationContext {
  return { triggerMetadata, error: () => {} } as unknown as InvocationContext;
}

/** How long each of these invocations took until it gave its messages back. */
async function heldFor(invocations: readonly Promise<void>[]): Promise<number[]> {
  const began = Date.now();
  const ended = Promise.all(
    invocations.map(async (one) => {
      await expect(one).rejects.toThrow();
      return Date.now() - began;
    }),
  );
  await vi.advanceTimersByTimeAsync(10 * lockMs);
  return ended;
}

describe.each([
  ["refuses at once", 1],
  ["fails after seconds", 7_300],
  ["hangs", 10_000],
])("while storage %s", (_, afterMs) => {
  it.each([
    { batch: "contact", table: "contact", process: processArrivals, count: 90 },
    { batch: "task", table: "task", process: processArrivals, count: 90 },
    { batch: "contact that takes rests", table: "contact", process: processBulk, count: 89 },
  ])("a batch of $batch is held, and given back before its lock ends", async ({ table, process, count }) => {
    const services = servicesOver(silentTable(afterMs));
    const messages = messagesOf(table, count);
    const context = contextOf({
      applicationPropertiesArray: messages.map(({ applicationProperties }) => applicationProperties),
    });
    const bodies = messages.map(({ body }): unknown => body);
    const [held = 0] = await heldFor([process(services, bodies, context)]);
    expect(held).toBeGreaterThan(25_000);
    expect(held).toBeLessThanOrEqual(patienceMs + 8_000);
  });

  it("many events of one organization side by side are held no longer than one", async () => {
    const services = servicesOver(silentTable(afterMs));
    const reads = messagesOf("contact", 16).map(({ body, applicationProperties }) =>
      processRead(services, body, contextOf({ applicationProperties })),
    );
    for (const held of await heldFor(reads)) {
      expect(held).toBeGreaterThan(25_000);
      expect(held).toBeLessThan(lockMs);
    }
  });
});

test("a burst is recorded in portions, but whole when the batch is full", async () => {
  const recorded = async (count: number) => {
    const portions: number[] = [];
    const services = servicesOver(silentTable(1));
    services.sleep = async () => {};
    services.recorder = {
      record: async (events) => {
        portions.push(events.length);
        return events.map(() => "recorded" as const);
      },
    };
    const messages = messagesOf("task", count);
    const context = contextOf({
      applicationPropertiesArray: messages.map(({ applicationProperties }) => applicationProperties),
    });
    await processBulk(
      services,
      messages.map(({ body }) => body),
      context,
    );
    return portions;
  };
  expect(await recorded(60)).toEqual([24, 24, 12]);
  expect(await recorded(90)).toEqual([90]);
});

describe("the log names every record of an event", () => {
  const winner = "11111111-aaaa-4aaa-8aaa-00000000000a";
  const loser = "11111111-aaaa-4aaa-8aaa-00000000000b";
  const category = "33333333-cccc-4ccc-8ccc-00000000000c";
  const relationship = { SchemaName: "msnfp_msnfp_membership_msnfp_membershipcategory" };

  /** The events that are recorded when this body arrives so many times, each time as an event of its own. */
  async function recordedOf(raw: Record<string, unknown>, times = 1): Promise<RecordedEvent[]> {
    const recorded: RecordedEvent[] = [];
    const services = servicesOver(
      connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table,
    );
    services.recorder = {
      record: async (events) => {
        recorded.push(...events);
        return events.map(() => "recorded" as const);
      },
    };
    const content = Buffer.from(JSON.stringify(raw));
    const messages = messagesOf("contact", times, { content });
    const context = contextOf({
      applicationPropertiesArray: messages.map(({ applicationProperties }) => applicationProperties),
    });
    const bodies = messages.map(({ body: one }): unknown => one);
    await processArrivals(services, bodies, context);
    return recorded;
  }

  it("the other one of a Merge, also when nothing changed any more", async () => {
    const target = { Target: reference("contact", winner), SubordinateId: loser.toUpperCase() };
    const content = { UpdateContent: entity("contact", null, { jobtitle: "Chair" }) };
    const members = { PrimaryEntityName: "contact", PrimaryEntityId: winner };
    const [first, again] = await recordedOf(body("Merge", { ...target, ...content }, members), 2);
    expect(first).toMatchObject({ outcome: "success", recordId: winner, recordIds: [winner, loser] });
    expect(again).toMatchObject({ outcome: "skipped", recordId: winner, recordIds: [winner, loser] });
  });

  it("the record of a link whose target is the linked row", async () => {
    const input = {
      Target: reference("msnfp_membershipcategory", category),
      Relationship: relationship,
      RelatedEntities: [reference("msnfp_membership", winner), reference("msnfp_membership", loser)],
    };
    const [event] = await recordedOf(body("Associate", input));
    expect(event).toMatchObject({ recordId: category, recordIds: [category, winner, loser] });
  });
});
