import { beforeEach, describe, expect, test } from "vitest";
import { eventPage, eventQuery } from "../contracts/portal.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { Table } from "../platform/storage/table.ts";
import type { LogTables } from "./logTables.ts";
import { readEvents } from "./readEvents.ts";
import { readMergedEvents } from "./readMergedEvents.ts";
import type { RecordedEvent } from "./recordedEvent.ts";
import { createRecordIndex, withRecordIndex } from "./recordIndex.ts";
import { createRecorder } from "./recorder.ts";
import type { Recorder } from "./recorder.ts";
import { tapWire } from "./testing/httpNetwork.ts";
import { sampleEvent, sampleEventId } from "./testing/sampleEvent.ts";

const noon = Date.UTC(2026, 2, 4, 12);
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

const newTable = useAzuriteTables();

let tables: LogTables;
let requests: () => number;
let recorder: Recorder;
beforeEach(async () => {
  const [log, index] = await Promise.all([newTable(), newTable()]);
  const { syncLog } = (tables = { syncLog: azureTable(log), recordEvents: azureTable(index) });
  const wires = [tapWire(log), tapWire(index)];
  requests = () => wires.reduce((sum, wire) => sum + wire.requests(), 0);
  recorder = withRecordIndex(
    createRecorder({ table: syncLog, clock: () => noon }),
    createRecordIndex(tables),
  );
});

/** A record id out of a number from 0 to 99. */
const record = (number: number) => `00000000-0000-0000-0000-0000000000${String(number).padStart(2, "0")}`;

/** Events a minute apart, the number of minutes after noon as their id; every third an error, every fifth skipped. */
function minutes(from: number, to: number, own: Partial<RecordedEvent> = {}): RecordedEvent[] {
  return Array.from({ length: to - from }, (_, index) => {
    const minute = from + index;
    const outcome = minute % 3 === 0 ? "error" : minute % 5 === 0 ? "skipped" : "success";
    return sampleEvent({
      eventId: sampleEventId(minute),
      receivedAt: noon + minute * 60_000,
      outcome,
      code: outcome === "error" ? (minute % 2 === 0 ? "mapping.valueInvalid" : "record.idMissing") : null,
      recordId: record(minute % 10),
      recordIds: [record(minute % 10)],
      eventType: minute % 2 === 0 ? "contact.Update" : "account.Create",
      correlationId: `c-${minute}`,
      ...own,
    });
  });
}

async function list(query: Record<string, unknown> = {}) {
  const page = await readEvents(tables, "contoso", eventQuery.parse(query));
  expect(eventPage.parse(page)).toEqual(page);
  return {
    numbers: page.items.map(({ eventId }) => Number.parseInt(eventId, 16)),
    nextCursor: page.nextCursor,
  };
}

async function listAll(query: Record<string, unknown>) {
  const numbers: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await list(cursor === null ? query : { ...query, cursor });
    numbers.push(...page.numbers);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return numbers;
}

describe("the event log", () => {
  test("shows the newest first, page by page, and new events shift nothing", async () => {
    await recorder.record(minutes(1, 26));
    const first = await list({ limit: 10 });
    expect(first.numbers).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    await recorder.record(minutes(30, 33));
    const second = await list({ limit: 10, cursor: first.nextCursor });
    const third = await list({ limit: 10, cursor: second.nextCursor });
    expect(second.numbers).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
    expect(third).toEqual({ numbers: [5, 4, 3, 2, 1], nextCursor: null });
  });

  test.each([
    {},
    { outcome: "error" },
    { from: at(3), to: at(9) },
    { code: "record.idMissing" },
    { q: "mapping.valueInvalid" },
    { recordId: record(3) },
    { recordId: record(3), outcome: "error", code: "record.idMissing", type: "account.Create", to: at(35) },
  ])("a page of %j is one request", async (query) => {
    await recorder.record(minutes(1, 41));
    const before = requests();
    const first = await list({ ...query, limit: 2 });
    expect(requests() - before).toBe(1);
    expect(first.numbers).toHaveLength(2);
  });

  test("filters by outcome, and an event moves between outcomes with a later attempt", async () => {
    await recorder.record(minutes(1, 11));
    expect((await list({ outcome: "error" })).numbers).toEqual([9, 6, 3]);
    expect((await list({ outcome: "skipped" })).numbers).toEqual([10, 5]);
    expect((await list({ outcome: "success" })).numbers).toEqual([8, 7, 4, 2, 1]);
    const [sixth] = minutes(6, 7, { outcome: "success", code: null, attempt: 2, attemptKind: "replay" });
    expect(await recorder.record([sixth as RecordedEvent])).toEqual(["advanced"]);
    expect((await list({ outcome: "error" })).numbers).toEqual([9, 3]);
    expect((await list({ outcome: "success" })).numbers).toEqual([8, 7, 6, 4, 2, 1]);
  });

  test("`from` belongs to the answer, `to` does not", async () => {
    await recorder.record(minutes(1, 11));
    expect((await list({ from: at(3), to: at(6) })).numbers).toEqual([5, 4, 3]);
    expect((await list({ outcome: "error", from: at(3), to: at(9) })).numbers).toEqual([6, 3]);
    expect((await list({ from: at(9) })).numbers).toEqual([10, 9]);
    expect((await list({ to: at(3) })).numbers).toEqual([2, 1]);
    expect(await listAll({ from: at(2), to: at(9), limit: 2 })).toEqual([8, 7, 6, 5, 4, 3, 2]);
  });

  test.each(["1970-01-01T00:00:00Z", "1969-07-20T20:17:40Z", "0001-01-01T00:00:00Z"])(
    "nothing was received before %s, and everything since",
    async (time) => {
      await recorder.record([...minutes(1, 4), ...minutes(9, 10, { receivedAt: 0 })]);
      for (const filter of [{}, { outcome: "error" }, { recordId: record(3) }]) {
        expect((await list({ ...filter, to: time })).numbers).toEqual([]);
        expect((await list({ ...filter, from: time })).numbers).toContain(3);
      }
      expect((await list({ from: time, to: at(3) })).numbers).toEqual([2, 1, 9]);
    },
  );

  test("filters by type and record, alone and together", async () => {
    await recorder.record(minutes(1, 21));
    expect(await listAll({ type: "contact.Update", limit: 4 })).toEqual([20, 18, 16, 14, 12, 10, 8, 6, 4, 2]);
    expect((await list({ recordId: record(4) })).numbers).toEqual([14, 4]);
    expect(await listAll({ recordId: record(6).toUpperCase(), limit: 1 })).toEqual([16, 6]);
    expect((await list({ recordId: record(4), outcome: "error" })).numbers).toEqual([]);
    expect((await list({ recordId: record(4), outcome: "success", to: at(14) })).numbers).toEqual([4]);
    expect((await list({ recordId: record(4), q: "contact", from: at(5) })).numbers).toEqual([14]);
  });

  test("filters by code, which belongs to one outcome", async () => {
    await recorder.record(minutes(1, 21));
    const code = "mapping.valueInvalid";
    expect(await listAll({ code, limit: 2 })).toEqual([18, 12, 6]);
    expect((await list({ code, outcome: "error", from: at(7) })).numbers).toEqual([18, 12]);
    expect((await list({ code, outcome: "skipped" })).numbers).toEqual([]);
    expect((await list({ code, outcome: "success" })).numbers).toEqual([]);
    expect((await list({ q: sampleEventId(3), code })).numbers).toEqual([]);
  });

  test("shows an event in the history of every record it touched, as its last attempt left it", async () => {
    const [event] = minutes(3, 4, { recordIds: [record(3), record(8), "no|such/key"] }) as [RecordedEvent];
    await recorder.record([event]);
    const replay = { attempt: 2, attemptKind: "replay", outcome: "success", code: null } as const;
    await recorder.record([{ ...event, ...replay, recordIds: [] }]);
    for (const recordId of event.recordIds) {
      const { items } = await readEvents(tables, "contoso", eventQuery.parse({ recordId }));
      expect(items).toMatchObject([{ eventId: event.eventId, outcome: "success", code: null, attempts: 2 }]);
      expect((await list({ recordId, q: event.eventId })).numbers).toEqual([3]);
    }
    expect((await list({ recordId: record(4), q: event.eventId })).numbers).toEqual([]);
    expect((await readEvents(tables, "fabrikam", eventQuery.parse({ recordId: record(3) }))).items).toEqual(
      [],
    );
  });

  test.each([
    ["an event id", sampleEventId(7), [7]],
    ["an event id in capitals", sampleEventId(11).toUpperCase(), [11]],
    ["a record id", record(3), [13, 3]],
    ["the id of a record that no event touched", record(77), []],
    ["a correlation id", "c-12", [12]],
    ["a code", "mapping.valueInvalid", [12, 6]],
    ["the beginning of a type", "account.Cr", [13, 11, 9, 7, 5, 3, 1]],
    ["nothing that there is", "O'Brien", []],
  ])("is searched for %s", async (_, q, found) => {
    await recorder.record(minutes(1, 14));
    expect((await list({ q })).numbers).toEqual(found);
  });

  test("an event id that the other conditions exclude is not shown", async () => {
    await recorder.record(minutes(1, 11));
    expect((await list({ q: sampleEventId(7), outcome: "error" })).numbers).toEqual([]);
    expect((await list({ q: sampleEventId(6), outcome: "error" })).numbers).toEqual([6]);
  });

  const base64 = (text: string) => Buffer.from(text).toString("base64url");
  const damaged = ["", "zzz", base64("null"), base64('{"nextPartitionKey":1}')];
  const places = ["zzz", "0000000000000|\ud800"].map((after) => ({ after }));
  const cursors = [...places, ...damaged.map((continuation) => ({ continuation }))];

  test.each(["x", "e30", "WzFd", ...cursors.map((cursor) => base64(JSON.stringify(cursor)))])(
    "refuses the cursor %s with a sentence for a person",
    async (cursor) => {
      const refusal = { code: "cursor.invalid", message: expect.stringMatching(/first page/) };
      await expect(list({ cursor })).rejects.toMatchObject(refusal);
    },
  );
});

describe("the log of several organizations", () => {
  const organizations = ["adatum", "contoso", "fabrikam"];

  async function merged(query: Record<string, unknown>) {
    const page = await readMergedEvents(tables, organizations, eventQuery.parse(query));
    const names = page.items.map(
      ({ organizationId, eventId }) => `${organizationId} ${Number.parseInt(eventId, 16)}`,
    );
    return { names, nextCursor: page.nextCursor };
  }

  test("is one log, newest first, also where events are simultaneous", async () => {
    await recorder.record([
      ...minutes(1, 30, { organizationId: "contoso" }),
      ...minutes(25, 28, { organizationId: "adatum" }),
      ...minutes(26, 27, { organizationId: "fabrikam" }),
      ...minutes(40, 41, { organizationId: "elsewhere" }),
    ]);
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await merged(cursor === null ? { limit: 4 } : { limit: 4, cursor });
      names.push(...page.names);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(names.slice(0, 9)).toEqual([
      "contoso 29",
      "contoso 28",
      "adatum 27",
      "contoso 27",
      "adatum 26",
      "contoso 26",
      "fabrikam 26",
      "adatum 25",
      "contoso 25",
    ]);
    expect(names).toHaveLength(33);
    expect(new Set(names).size).toBe(33);
  });

  test("reads each organization once for a page, and again only the one whose events fill it", async () => {
    await recorder.record(minutes(1, 40, { organizationId: "contoso" }));
    await recorder.record(organizations.flatMap((organizationId) => minutes(50, 54, { organizationId })));
    const before = requests();
    await merged({ limit: 10 });
    expect(requests() - before).toBe(3);
    await merged({ limit: 30 });
    expect(requests() - before).toBe(3 + 4);
  });

  test("asks for a narrower search instead of reading every log to its end", async () => {
    let ranges = 0;
    const endless: Table = {
      ...tables.syncLog,
      range: () => Promise.resolve({ rows: [], continuation: String((ranges += 1)) }),
    };
    const search = readMergedEvents(
      { ...tables, syncLog: endless },
      ["contoso"],
      eventQuery.parse({ q: "x" }),
    );
    await expect(search).rejects.toMatchObject({ status: 400, code: "search.tooWide" });
    expect(ranges).toBe(4);
  });

  test("keeps the filters", async () => {
    await recorder.record(organizations.flatMap((organizationId) => minutes(1, 10, { organizationId })));
    const { names } = await merged({ outcome: "error", from: at(4) });
    expect(names).toEqual(["adatum 9", "contoso 9", "fabrikam 9", "adatum 6", "contoso 6", "fabrikam 6"]);
    expect((await merged({ recordId: record(6) })).names).toEqual(["adatum 6", "contoso 6", "fabrikam 6"]);
  });
});
