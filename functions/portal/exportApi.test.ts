import { HttpRequest, InvocationContext } from "@azure/functions";
import { beforeEach, describe, expect, it } from "vitest";
import { routes } from "../contracts/routes.ts";
import type { Caller } from "../identity/caller.ts";
import { guarded } from "../identity/route.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Range, Row, StoredRow, Table } from "../platform/storage/table.ts";
import { dayKey, eventKey } from "../sync-log/keys.ts";
import { sampleEventId } from "../sync-log/testing/sampleEvent.ts";
import { exportEvents } from "./exportApi.ts";

const start = Date.UTC(2026, 2, 4, 12);
const caller: Caller = { id: "1", name: "Carla", signInName: null, roles: ["Platform.Admin"], groups: [] };

/** What is in storage, by row key; the keys in their order are made when they are needed. */
let rows: Map<string, StoredRow>;
let keys: string[] | null;
let reading = { now: 0, most: 0, pages: 0 };
let failAtPage = Number.POSITIVE_INFINITY;
let audited: unknown[][];
/** Called before each page is read. */
let whileReading: () => void;

beforeEach(() => {
  rows = new Map();
  keys = null;
  reading = { now: 0, most: 0, pages: 0 };
  failAtPage = Number.POSITIVE_INFINITY;
  audited = [];
  whileReading = () => {};
});

const eventRow = (number: number, receivedAt: number): Row => ({
  partitionKey: "contoso",
  rowKey: eventKey(receivedAt, sampleEventId(number)),
  outcome: "success",
  attempts: 1,
  eventType: "contact.Update",
  processedAt: new Date(receivedAt + 250).toISOString(),
});

/** Puts rows of events straight into storage. */
function store(more: Row[]): void {
  for (const row of more) rows.set(row.rowKey, { ...row, etag: "1" });
  keys = null;
}

/** As Table Storage answers: in the order of the keys, at most `limit`, and where to go on. */
function rangeOf({ from = "", to = "", limit = 1_000, continuation }: Range) {
  keys ??= [...rows.keys()].toSorted();
  const begin = keys.findIndex((key) => key >= (continuation ?? from));
  const found = begin === -1 ? [] : keys.slice(begin, begin + limit + 1).filter((key) => key < to);
  return {
    rows: found.slice(0, limit).map((key) => rows.get(key) as StoredRow),
    continuation: found[limit] ?? null,
  };
}

const table: Table = {
  submit: () => Promise.reject(new Error("An export writes nothing.")),
  get: async (_, rowKey) => rows.get(rowKey) ?? null,
  async range(range) {
    if (!range.from?.startsWith("e|")) return rangeOf(range);
    whileReading();
    reading.pages += 1;
    reading.now += 1;
    reading.most = Math.max(reading.most, reading.now);
    await new Promise(setImmediate);
    reading.now -= 1;
    if (reading.pages >= failAtPage) throw new StorageFault("ambiguous", null, "Storage went away.");
    return rangeOf(range);
  },
};

/** Asks for an export as the host does. */
async function ask(query: Record<string, string> = {}) {
  const services = {
    authenticate: async () => caller,
    directory: {
      find: async () => ({ id: "contoso", retentionDays: 90, adminGroupId: null }) as StoredOrganization,
    } as never,
    clock: () => start,
    syncLog: table,
    recordEvents: table,
    audit: { record: async (...entry: unknown[]) => void audited.push(entry), list: () => Promise.reject() },
  };
  const { handler } = guarded(routes.exportEvents, services, exportEvents);
  const url = `http://localhost/api/organizations/contoso/portal/export?${new URLSearchParams(query).toString()}`;
  const request = new HttpRequest({ method: "GET", url, query });
  const context = new InvocationContext({ invocationId: "export-1", logHandler: () => {} });
  return (await handler(request, context)) as {
    status: number;
    headers: Record<string, string>;
    body: ReadableStream<Uint8Array>;
  };
}

const idsOf = (file: string) => (JSON.parse(file) as { eventId: string }[]).map(({ eventId }) => eventId);

describe("an export of 50,000 events while events arrive", () => {
  const count = 50_000;

  it("is complete, holds no event twice and keeps one page in memory", async () => {
    store(Array.from({ length: count }, (_, number) => eventRow(number, start - number * 1_000)));
    let arriving = count;
    whileReading = () => store([eventRow((arriving += 1), start + (arriving - count) * 10)]);
    const { body, headers } = await ask({ format: "json" });
    expect(headers).toMatchObject({ "content-type": "application/json", "x-export-ceiling": "100000" });
    const ids = idsOf(await new Response(body).text());
    expect(arriving).toBeGreaterThan(count + 40);
    expect(ids).toEqual(Array.from({ length: count }, (_, number) => sampleEventId(number)));
    expect(reading.most).toBe(1);
  });

  it("reads no page before the one before was taken", async () => {
    store(Array.from({ length: 5_000 }, (_, number) => eventRow(number, start - number * 1_000)));
    const { body } = await ask();
    const reader = body.getReader();
    const pages: number[] = [];
    for (let chunk = 0; chunk < 4; chunk += 1) {
      await reader.read();
      await new Promise(setImmediate);
      pages.push(reading.pages);
    }
    expect(pages).toEqual([1, 1, 2, 3]);
    await reader.cancel();
    expect(reading.pages).toBe(3);
  });
});

describe("an export", () => {
  it("is named after the organization and the day, and noted with its filter", async () => {
    const { headers } = await ask({ outcome: "error", from: "2026-03-01T00:00:00Z" });
    expect(headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="portal-sync-contoso-2026-03-04.csv"',
    });
    const target = "csv: outcome error, from 2026-03-01T00:00:00Z";
    expect(audited).toEqual([["contoso", caller, "events.exported", target]]);
  });

  it("says about how many events it will hold where the counters know", async () => {
    const counters = { success12: 3, error12: 2, success11: 4, success23: 100 };
    store([{ partitionKey: "contoso", rowKey: dayKey("s", start, 0), ...counters }]);
    expect((await ask()).headers["x-export-total"]).toBe("9");
    expect((await ask({ outcome: "error" })).headers["x-export-total"]).toBe("2");
    expect((await ask({ from: "2026-03-04T12:00:00Z" })).headers["x-export-total"]).toBe("5");
    expect((await ask({ q: sampleEventId(1) })).headers).not.toHaveProperty("x-export-total");
  });

  it("keeps to an end time that is asked for", async () => {
    store([1, 2, 3].map((number) => eventRow(number, start - number * 1_000)));
    const { body } = await ask({ format: "json", to: new Date(start - 1_000).toISOString() });
    expect(idsOf(await new Response(body).text())).toEqual([2, 3].map(sampleEventId));
  });

  it("is broken off when storage fails midway, not ended as if it were whole", async () => {
    store(Array.from({ length: 3_000 }, (_, number) => eventRow(number, start - number * 1_000)));
    failAtPage = 3;
    const { status, body } = await ask();
    expect(status).toBe(200);
    await expect(new Response(body).text()).rejects.toThrow("Storage went away.");
  });

  it("is a problem like any other when storage fails at its beginning", async () => {
    failAtPage = 1;
    expect((await ask()).status).toBe(503);
    expect(audited).toEqual([]);
  });
});
