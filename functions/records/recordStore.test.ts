import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { PlatformRecord, RecordChange } from "./record.ts";
import { createRecordCache } from "./recordCache.ts";
import { createRecordStore, readRecord } from "./recordStore.ts";
import { change, deletion, values } from "./testing/changes.ts";
import { createFakeTable } from "./testing/fakeTable.ts";
import type { Disturbance, FakeTable } from "./testing/fakeTable.ts";

const pause = async () => {};

function person(number: number): { externalId: string } {
  return { externalId: `11111111-aaaa-4aaa-8aaa-${String(number).padStart(12, "0")}` };
}

/** A worker: a store with a cache of its own. */
function worker(table: FakeTable) {
  return createRecordStore({ table, pause });
}

function read(table: FakeTable, number = 1): Promise<PlatformRecord | null> {
  return readRecord(table, "contoso", "member", person(number).externalId);
}

describe("apply", () => {
  it("stores records of several kinds and tells in order what each change came to", async () => {
    const table = createFakeTable();
    const results = await worker(table).apply("contoso", [
      change("e1", 1000, { city: "Odense" }),
      change("e2", 1000, { name: "Contoso" }, { kind: "company", externalId: "ABC" }),
      change("e3", 500, { city: "Aarhus" }),
      deletion("e4", 2000, person(2)),
    ]);
    expect(results.map(({ outcome, code }) => code ?? outcome)).toEqual([
      "success",
      "success",
      "record.stale",
      "success",
    ]);
    expect(values(await read(table))).toEqual({ city: "Odense" });
    expect(values(await readRecord(table, "contoso", "company", "abc"))).toEqual({ name: "Contoso" });
    expect(await read(table, 2)).toMatchObject({ deleted: { eventId: "e4" } });
    expect(await readRecord(table, "fabrikam", "company", "abc")).toBeNull();
    expect(table.requests.transactions.toSorted((a, b) => a - b)).toEqual([1, 2]);
  });

  it("folds all changes of a record into one write", async () => {
    const table = createFakeTable();
    const changes = Array.from({ length: 90 }, (_, i) => change(`e${i}`, i, { city: `City ${i}` }));
    const results = await worker(table).apply("contoso", changes);
    expect(table.requests).toEqual({ reads: 1, transactions: [1] });
    expect(results[1]?.changes).toMatchObject([{ field: "city", old: "City 0", new: "City 1" }]);
  });

  it("writes nothing when nothing advances, and reads nothing that it knows", async () => {
    const table = createFakeTable();
    const store = worker(table);
    const changes = [
      change("e1", 1000, { city: "Odense" }),
      change("e2", 1000, { city: "Aarhus" }, person(2)),
    ];
    const first = await store.apply("contoso", changes);
    expect(await store.apply("contoso", changes)).toEqual(first);
    expect(table.requests).toEqual({ reads: 2, transactions: [2] });
  });

  it("needs few requests for a thousand events", async () => {
    const table = createFakeTable();
    const store = worker(table);
    const kinds = ["member", "company", "membership"] as const;
    for (let batch = 0; batch < 12; batch++) {
      const changes = Array.from({ length: 90 }, (_, i) => {
        const number = (batch * 37 + i * 11) % 700;
        const kind = kinds[number % 3] as (typeof kinds)[number];
        return change(`e${batch}-${i}`, batch * 1000 + i, { city: `City ${i}` }, { kind, ...person(number) });
      });
      await store.apply("contoso", changes);
    }
    expect(table.requests.transactions.length).toBeLessThanOrEqual(40);
    expect(table.requests.reads).toBeLessThanOrEqual(1000);
  });

  it("keeps transactions within 100 rows and 3.5 MiB", async () => {
    const table = createFakeTable();
    const small = Array.from({ length: 250 }, (_, i) => change(`e${i}`, 1, { city: "Odense" }, person(i)));
    await worker(table).apply("contoso", small);
    expect(table.requests.transactions).toEqual([100, 100, 50]);
    table.requests.transactions = [];
    const long = Array.from({ length: 100 }, (_, i) =>
      change(`l${i}`, 2, { note: "ø".repeat(50_000) }, person(i)),
    );
    await worker(table).apply("contoso", long);
    expect(table.requests.transactions).toHaveLength(3);
    expect(values(await read(table, 99))).toEqual({ city: "Odense", note: "ø".repeat(50_000) });
  });

  it("refuses a record that outgrows its row, and carries on with the others", async () => {
    const table = createFakeTable();
    const fields = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`note${i}`, "x".repeat(60_000)]));
    const results = await worker(table).apply("contoso", [
      change("e1", 1000, fields),
      change("e2", 1000, { city: "Odense" }, person(2)),
    ]);
    expect(results[0]).toMatchObject({ outcome: "error", code: "mapping.valueInvalid", changes: [] });
    expect(results[0]?.message).toContain("larger than a record");
    expect(await read(table)).toBeNull();
    expect(values(await read(table, 2))).toEqual({ city: "Odense" });
  });
});

describe("when others write, or storage does not answer", () => {
  it("reads only the record that met a conflict again", async () => {
    const table = createFakeTable();
    const [mine, other] = [worker(table), worker(table)];
    const people = [1, 2, 3].map((number) => change(`a${number}`, 1000, { city: "Odense" }, person(number)));
    await mine.apply("contoso", people);
    await other.apply("contoso", [change("b", 3000, { city: "Aarhus" }, person(2))]);
    table.requests.reads = 0;
    const results = await mine.apply(
      "contoso",
      [1, 2, 3].map((number) => change(`c${number}`, 2000, { city: "Ribe" }, person(number))),
    );
    expect(results.map(({ code }) => code)).toEqual([null, "record.stale", null]);
    expect(table.requests.reads).toBe(1);
  });

  it("gets over many conflicts in one transaction in few rounds", async () => {
    const table = createFakeTable();
    const [mine, other] = [worker(table), worker(table)];
    const all = (id: string, time: number) =>
      Array.from({ length: 60 }, (_, i) => change(`${id}${i}`, time, { city: id }, person(i)));
    await mine.apply("contoso", all("a", 1));
    await other.apply("contoso", all("b", 2));
    table.requests.transactions = [];
    await mine.apply("contoso", all("c", 3));
    expect(table.requests.transactions.length).toBeLessThanOrEqual(3);
    expect(values(await read(table, 59))).toEqual({ city: "c" });
  });

  it("gives the same results when the answer to a write is lost", async () => {
    const changes = [change("e1", 1000, { city: "Odense" }), change("e2", 2000, { city: "Aarhus" })];
    const undisturbed = await worker(createFakeTable()).apply("contoso", changes);
    for (const loss of ["lost", "answerLost"] as const) {
      const table = createFakeTable();
      const losses: Disturbance[] = [loss];
      table.disturb = (request) => (request === "write" ? (losses.pop() ?? null) : null);
      expect(await worker(table).apply("contoso", changes)).toEqual(undisturbed);
      expect(values(await read(table))).toEqual({ city: "Aarhus" });
    }
  });

  it("reads again what storage did not answer for", async () => {
    const table = createFakeTable();
    const losses: Disturbance[] = ["lost", "lost"];
    table.disturb = () => losses.pop() ?? null;
    const results = await worker(table).apply("contoso", [change("e1", 1000, { city: "Odense" })]);
    expect(results).toMatchObject([{ outcome: "success" }]);
  });

  it("gives up when storage stays away, after waiting ever longer", async () => {
    const table = createFakeTable();
    const waits: number[] = [];
    table.disturb = () => "lost";
    const store = createRecordStore({ table, pause: async (ms) => void waits.push(ms) });
    await expect(store.apply("contoso", [change("e1", 1, {})])).rejects.toBeInstanceOf(StorageFault);
    expect(waits).toHaveLength(11);
  });

  it("asks for no further record once storage lets one wait in vain", async () => {
    const table = createFakeTable();
    let now = 0;
    table.disturb = () => {
      now += 10_000;
      return "lost";
    };
    const changes = Array.from({ length: 90 }, (_, i) => change(`e${i}`, 1, {}, person(i)));
    const store = createRecordStore({ table, pause, clock: () => now });
    await expect(store.apply("contoso", changes)).rejects.toBeInstanceOf(StorageFault);
    expect(table.requests.reads).toBe(24);
  });

  it("keeps one process from meeting its own conflicts", async () => {
    const table = createFakeTable();
    const store = worker(table);
    const calls = Array.from({ length: 20 }, (_, i) =>
      store.apply("contoso", [change(`e${i}`, i, { city: `City ${i}` })]),
    );
    await Promise.all(calls);
    expect(table.requests).toEqual({ reads: 1, transactions: Array.from({ length: 20 }, () => 1) });
    expect(values(await read(table))).toEqual({ city: "City 19" });
  });
});

describe("convergence with several workers", () => {
  const fields = fc.dictionary(fc.constantFrom("city", "phone"), fc.constantFrom(null, "a", "b"), {
    maxKeys: 2,
  });
  const content = fc.tuple(fc.nat(2), fc.nat(3), fc.option(fields, { freq: 9, nil: null }));
  const events = fc.array(content, { minLength: 1, maxLength: 12 });
  const disturbances = fc.array(fc.constantFrom<Disturbance>("lost", "answerLost", null, null, null), {
    maxLength: 10,
  });

  function toChanges(all: [number, number, Record<string, string | null> | null][]): RecordChange[] {
    return all.map(([number, time, said], i) =>
      change(`e${i}`, time, {}, { ...person(number), fields: said }),
    );
  }

  async function stateAfter(table: FakeTable): Promise<unknown[]> {
    const records = await Promise.all([0, 1, 2].map((number) => read(table, number)));
    return records.map((record) => record && { values: values(record), deleted: record.deleted });
  }

  it("leaves the same records as one worker that takes the changes in order, whatever happens to requests", async () => {
    const race = fc.asyncProperty(
      events,
      fc.scheduler(),
      disturbances,
      fc.nat(3),
      async (all, scheduler, faults, small) => {
        const changes = toChanges(all);
        const calm = createFakeTable();
        await worker(calm).apply("contoso", changes);

        const table = createFakeTable();
        table.disturb = () => scheduler.schedule(Promise.resolve(faults.pop() ?? null));
        const work = [0, 1, 2].map((offset) => {
          const cache = createRecordCache({ records: small });
          const store = createRecordStore({ table, cache, pause });
          const mine = changes.filter((_, i) => i % 3 !== offset);
          return Promise.all([store.apply("contoso", mine), store.apply("contoso", mine.toReversed())]);
        });
        await scheduler.waitFor(Promise.all(work));
        table.disturb = () => null;
        expect(await stateAfter(table)).toEqual(await stateAfter(calm));
      },
    );
    expect(await fc.check(race, { numRuns: 500 })).toMatchObject({ failed: false });
  });
});
