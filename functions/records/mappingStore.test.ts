import { beforeEach, describe, expect, it } from "vitest";
import type { MappingDraft } from "../contracts/mapping.ts";
import type { Table } from "../platform/storage/table.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { defaultMappings } from "./defaultMappings.ts";
import { createMappingStore } from "./mappingStore.ts";
import type { MappingStore } from "./mappingStore.ts";

let table: Table;
let store: MappingStore;
let requests: number;

beforeEach(() => {
  const model = connect(createModelTable(), { delay: () => Promise.resolve(), fault: () => "none" }).table;
  requests = 0;
  table = {
    submit: (writes) => ((requests += 1), model.submit(writes)),
    get: (...key) => ((requests += 1), model.get(...key)),
    range: (range) => ((requests += 1), model.range(range)),
  };
  store = createMappingStore(table, () => Date.UTC(2026, 2, 4));
});

function draftOf(...columns: string[]): MappingDraft {
  const fields = columns.map((column) => ({ field: column, column, type: "text" as const }));
  return [{ kind: "member", table: "contact", idColumn: "contactid", fields, links: [] }];
}

describe("the versions of an organization's mapping", () => {
  it("begin with the defaults as version 0, which nobody saved", async () => {
    expect(await store.newest("contoso")).toEqual({
      version: 0,
      savedAt: null,
      savedBy: null,
      mappings: defaultMappings,
    });
    expect(await store.overview("contoso")).toMatchObject({
      current: { version: 0 },
      versions: [{ version: 0 }],
    });
  });

  it("are kept, newest first, each with who saved it; every table says its version", async () => {
    await store.save("contoso", 0, draftOf("firstname"), "Ada");
    await store.save("contoso", 1, draftOf("lastname"), "Ida");
    const { current, versions } = await store.overview("contoso");
    expect(current).toEqual(await store.newest("contoso"));
    expect(current).toEqual({
      version: 2,
      savedAt: "2026-03-04T00:00:00.000Z",
      savedBy: "Ida",
      mappings: draftOf("lastname").map((mapping) => ({ ...mapping, version: 2 })),
    });
    expect(versions.map(({ version, savedBy }) => [version, savedBy])).toEqual([
      [2, "Ida"],
      [1, "Ada"],
      [0, null],
    ]);
    expect((await store.version("contoso", 1))?.mappings[0]?.fields[0]?.column).toBe("firstname");
    expect(await store.version("contoso", 3)).toBeNull();
  });

  it("belong to one organization", async () => {
    await store.save("contoso", 0, draftOf("firstname"), "Ada");
    expect((await store.newest("fabrikam")).version).toBe(0);
  });

  it("cost as much to read after many of them", async () => {
    for (let version = 0; version < 60; version += 1)
      await store.save("contoso", version, draftOf(`c${version}`), "Ada");
    requests = 0;
    await store.newest("contoso");
    expect(requests).toBe(1);
    const { versions } = await store.overview("contoso");
    expect(requests).toBe(3);
    expect([versions[0]?.version, versions.at(-1)?.version, versions.length]).toEqual([60, 0, 51]);
  });
});

describe("saving", () => {
  it("is refused with a sentence when somebody else saved the same version first", async () => {
    await store.save("contoso", 0, draftOf("firstname"), "Ada");
    await expect(store.save("contoso", 0, draftOf("lastname"), "Ida")).rejects.toMatchObject({
      status: 412,
      code: "mapping.changed",
      message: expect.stringContaining("Someone else saved version 1"),
    });
    expect((await store.newest("contoso")).savedBy).toBe("Ada");
  });

  it.each(["is carried out", "is not"])("goes through when it %s and the answer is lost", async (what) => {
    let lost = 0;
    const losing: Table = {
      ...table,
      submit: async (writes) => {
        if (lost > 0) return table.submit(writes);
        lost += 1;
        if (what === "is carried out") await table.submit(writes);
        throw new StorageFault("ambiguous", null, "The answer was lost.");
      },
    };
    const saving = createMappingStore(
      losing,
      () => 0,
      async () => {},
    );
    const saved = await saving.save("contoso", 0, draftOf("firstname"), "Ada");
    expect([lost, saved]).toEqual([1, await store.newest("contoso")]);
  });

  it("is refused also when the answer is lost and somebody else was faster", async () => {
    const submit = async () => {
      await store.save("contoso", 0, draftOf("lastname"), "Ida");
      throw new StorageFault("ambiguous", null, "The request was lost.");
    };
    const losing = createMappingStore(
      { ...table, submit },
      () => 0,
      async () => {},
    );
    const save = losing.save("contoso", 0, draftOf("firstname"), "Ada");
    await expect(save).rejects.toMatchObject({ status: 412, code: "mapping.changed" });
  });

  it("says that storage is away instead of guessing", async () => {
    const away = { ...table, submit: () => Promise.reject(new StorageFault("ambiguous", null, "503")) };
    const saving = createMappingStore(
      away,
      () => 0,
      async () => {},
    );
    const save = saving.save("contoso", 0, draftOf("firstname"), "Ada");
    await expect(save).rejects.toMatchObject({ kind: "ambiguous" });
  });

  it("takes the largest mapping that a request can hold", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `new_${index}_${"x".repeat(100)}`);
    const draft = ["a", "b", "c"].flatMap((name) =>
      draftOf(...names).map((one) => ({ ...one, table: name })),
    );
    await store.save("contoso", 0, draft, "Ada");
    expect((await store.newest("contoso")).mappings).toHaveLength(3);
  });
});
