import { describe, expect, it } from "vitest";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import type { RecordChange } from "./record.ts";
import { createRecordStore, readRecord } from "./recordStore.ts";
import { change, deletion, values } from "./testing/changes.ts";
import { createFakeTable } from "./testing/fakeTable.ts";

const newClient = useAzuriteTables();
const newTable = async () => azureTable(await newClient());
const pause = async () => {};

function person(number: number): { externalId: string } {
  return { externalId: `11111111-aaaa-4aaa-8aaa-${String(number).padStart(12, "0")}` };
}

describe("records in Table Storage", () => {
  it("come back as they were stored, with long text, and deleted ones too", async () => {
    const table = await newTable();
    const note = `"Ærø" 👋 ${"👋\n".repeat(20_000)}`;
    const fields = {
      city: "Ærø",
      phone: null,
      note,
      company: { id: "a", table: "account" },
      fee: 10.01,
      interests: [1, 2],
    };
    const time = 1_757_000_000_000;
    const store = createRecordStore({ table, pause });
    await store.apply("contoso", [
      change("e1", time, fields, { rowVersion: 5_948_260 }),
      deletion("e2", -62_135_596_800_000, { ...person(2), rowVersion: 9_007_199_254_740_991 }),
    ]);
    const record = await readRecord(table, "contoso", "member", person(1).externalId.toUpperCase());
    expect(values(record)).toEqual(fields);
    expect(record?.fields["city"]).toMatchObject({
      time,
      rowVersion: 5_948_260,
      eventId: "e1",
      previous: null,
    });
    const removed = await readRecord(table, "contoso", "member", person(2).externalId);
    const stamp = { time: -62_135_596_800_000, rowVersion: 9_007_199_254_740_991, eventId: "e2" };
    expect(removed).toMatchObject({ fields: {}, deleted: stamp, removedBy: "e2" });
    expect(await readRecord(table, "contoso", "member", "nobody")).toBeNull();
  });

  it("leave no trace of a long text that became short, or of the values of a deleted record", async () => {
    const table = await newTable();
    const store = createRecordStore({ table, pause });
    await store.apply("contoso", [change("e1", 1, { note: "x".repeat(60_000) })]);
    await store.apply("contoso", [deletion("e2", 2)]);
    const row = await table.get("contoso|member", person(1).externalId);
    expect(JSON.stringify(row).length).toBeLessThan(1000);
  });

  it("take a transaction of the largest size", async () => {
    const table = await newTable();
    const long = Array.from({ length: 90 }, (_, i) =>
      change(`e${i}`, 1, { note: '"ø'.repeat(20_000) }, person(i)),
    );
    const results = await createRecordStore({ table, pause }).apply("contoso", long);
    expect(results.every(({ outcome }) => outcome === "success")).toBe(true);
    expect(values(await readRecord(table, "contoso", "member", person(89).externalId))).toEqual({
      note: '"ø'.repeat(20_000),
    });
  });

  it("are the same whether one worker or four at once apply the changes", async () => {
    const changes = Array.from({ length: 400 }, (_, i): RecordChange => {
      const at = (i * 7919) % 400;
      if (i % 97 === 0) return deletion(`e${i}`, at, person(i % 40));
      return change(`e${i}`, at, { [i % 2 ? "city" : "phone"]: `value ${i}` }, person(i % 40));
    });
    const calm = createFakeTable();
    await createRecordStore({ table: calm, pause }).apply("contoso", changes);

    const table = await newTable();
    const workers = Array.from({ length: 4 }, () => createRecordStore({ table }));
    const all = workers.flatMap((worker, i) => [
      worker.apply("contoso", changes.slice(i * 80, i * 80 + 160)),
      worker.apply("contoso", changes.slice(i * 80, i * 80 + 80)),
    ]);
    await Promise.all(all);

    for (let number = 0; number < 40; number++) {
      const { externalId } = person(number);
      const [found, wanted] = await Promise.all(
        [table, calm].map((one) => readRecord(one, "contoso", "member", externalId)),
      );
      expect({ values: values(found ?? null), deleted: found?.deleted }).toEqual({
        values: values(wanted ?? null),
        deleted: wanted?.deleted,
      });
    }
  });
});
