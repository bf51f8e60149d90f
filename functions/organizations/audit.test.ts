import { beforeEach, describe, expect, it } from "vitest";
import { auditPage } from "../contracts/audit.ts";
import type { Caller } from "../identity/caller.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { createAudit } from "./audit.ts";
import type { Audit } from "./audit.ts";

const carla: Caller = {
  id: "1",
  name: "Carla",
  signInName: "carla@contoso.example",
  roles: ["Organization.Admin"],
  groups: [],
};

let table: Table;
let now: number;
let reads: number;
let audit: Audit;
beforeEach(() => {
  const model = connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
  reads = 0;
  now = Date.UTC(2026, 0, 5, 8);
  table = {
    ...model,
    range: (range) => {
      reads += 1;
      return model.range(range);
    },
  };
  audit = createAudit({ table, clock: () => now });
});

async function record(target: string, organizationId = "contoso") {
  await audit.record(organizationId, carla, "key.created", target);
  now += 1;
}
const targets = async (query: { limit: number; cursor?: string | undefined }) => {
  const { items, nextCursor } = await audit.list("contoso", query);
  return { targets: items.map(({ target }) => target), cursor: nextCursor ?? undefined };
};

describe("an entry", () => {
  it("says who did what to what, when, and each field old and new", async () => {
    const changes = [{ field: "Silence threshold", old: "24 hours", new: "6 hours" }];
    await audit.record("contoso", carla, "settings.changed", null, changes);
    const page = await audit.list("contoso", { limit: 50 });
    expect(auditPage.parse(page)).toEqual(page);
    expect(page.items).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        at: "2026-01-05T08:00:00.000Z",
        actor: { id: "1", name: "Carla", signInName: "carla@contoso.example" },
        action: "settings.changed",
        target: null,
        changes,
      },
    ]);
  });

  it("is seen in its own organization alone", async () => {
    await record("theirs", "fabrikam");
    expect(await audit.list("contoso", { limit: 50 })).toEqual({ items: [], nextCursor: null });
  });

  it("of any length fits a row, and says what it leaves out", async () => {
    const changes = Array.from({ length: 300 }, (_, index) => ({
      field: `Field ${index}`,
      old: "o".repeat(40_000),
      new: null,
    }));
    await audit.record("contoso", carla, "mapping.changed", "x".repeat(40_000), changes);
    const [entry] = (await audit.list("contoso", { limit: 50 })).items;
    expect(entry?.changes[0]?.old).toMatch(/^o+…$/);
    expect(entry?.changes.at(-1)?.field).toMatch(/^and \d+ more$/);
  });
});

describe("a list", () => {
  it("shows the newest first, one storage read a page, and nothing shifts when entries are added", async () => {
    for (const target of ["a", "b", "c", "d", "e"]) await record(target);
    const first = await targets({ limit: 2 });
    await record("f");
    const second = await targets({ limit: 2, ...first });
    const third = await targets({ limit: 2, ...second });
    expect([first, second, third].flatMap((page) => page.targets)).toEqual(["e", "d", "c", "b", "a"]);
    expect(third.cursor).toBeUndefined();
    expect(reads).toBe(3);
  });

  it.each(["", "nonsense", Buffer.from("e|1").toString("base64url")])(
    "refuses the cursor %j",
    async (cursor) => {
      const list = audit.list("contoso", { limit: 2, cursor });
      await expect(list).rejects.toMatchObject({ status: 400, code: "cursor.invalid" });
    },
  );
});

describe("storage that fails", () => {
  const failing = (faults: number, isDone: boolean) => {
    let left = faults;
    const submit: Table["submit"] = async (writes) => {
      left -= 1;
      if (left < 0 || isDone) await table.submit(writes);
      if (left >= 0) throw new StorageFault("ambiguous", null, "away");
      return [];
    };
    return createAudit({ table: { ...table, submit }, clock: () => now, sleep: async () => {} });
  };
  const keyCreated = (faults: number, isDone: boolean) =>
    failing(faults, isDone).record("contoso", carla, "key.created", "Main");

  it.each([true, false])(
    "for a moment costs no entry and makes no second one (was written: %s)",
    async (done) => {
      await keyCreated(2, done);
      expect(await targets({ limit: 50 })).toMatchObject({ targets: ["Main"] });
    },
  );

  it("for longer is told to the caller: what was done took effect, and is not in the log", async () => {
    const recording = keyCreated(3, false);
    await expect(recording).rejects.toMatchObject({ status: 500, code: "audit.notWritten" });
    await expect(recording).rejects.toThrow("took effect, but the audit log does not hold it");
  });
});
