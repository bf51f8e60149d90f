import { beforeEach, describe, expect, it } from "vitest";
import { defaultAlertSettings } from "../contracts/alerts.ts";
import { newOrganization } from "../contracts/organizations.ts";
import { azureTable } from "../platform/storage/azureTable.ts";
import { useAzuriteTables } from "../platform/storage/testing/azurite.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { createOrganizationStore } from "./store.ts";
import type { OrganizationStore } from "./store.ts";
import { checkKey } from "./webhookKey.ts";

const now = Date.UTC(2026, 0, 5, 8);
const given = newOrganization.parse({
  id: "contoso",
  name: "Contoso Association",
  dynamicsOrganizationId: "B1A7D1E5-0B3C-4F68-9D21-5E8F7A6B4C11",
});

const newTable = useAzuriteTables();
let table: Table;
let store: OrganizationStore;
beforeEach(async () => {
  table = azureTable(await newTable());
  store = createOrganizationStore(table, () => now);
});

/** A store before whose next write somebody else does something. */
function storeInterruptedBy(somebody: () => Promise<unknown>): OrganizationStore {
  let interrupted = false;
  const submit: Table["submit"] = async (writes) => {
    if (!interrupted) {
      interrupted = true;
      await somebody();
    }
    return table.submit(writes);
  };
  return createOrganizationStore({ ...table, submit }, () => now);
}

/** What befalls each write in turn: it is lost, or its answer is, or it arrives only when the one after it is sent. */
type Fault = "lostRequest" | "lostAnswer" | "late" | "none";

/** A store over such a network; `meanwhile` is done while it waits to look again. */
function storeWith(faults: Fault[], meanwhile: () => Promise<unknown> = async () => {}) {
  let late: (() => Promise<unknown>) | null = null;
  const waits: number[] = [];
  const submit: Table["submit"] = async (writes) => {
    await late?.();
    late = null;
    const fault = faults.shift() ?? "none";
    if (fault === "late") late = () => table.submit(writes);
    const answer = fault === "lostAnswer" || fault === "none" ? await table.submit(writes) : [];
    if (fault === "none") return answer;
    throw new StorageFault("ambiguous", null, fault);
  };
  const sleep = async (ms: number) => {
    waits.push(ms);
    await meanwhile();
  };
  return { waits, store: createOrganizationStore({ ...table, submit }, () => now, sleep) };
}

const current = async () => {
  const found = await store.get("contoso");
  if (!found) throw new Error("no organization");
  return found;
};

describe("creating", () => {
  it("keeps what was given, with the defaults of the contract", async () => {
    const created = await store.create(given);
    expect(created).toMatchObject({
      id: "contoso",
      dynamicsOrganizationId: "b1a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11",
      adminGroupId: null,
      silenceHours: 24,
      retentionDays: 90,
      alerts: defaultAlertSettings,
      teams: null,
      state: "active",
      createdAt: now,
      keys: [],
    });
    expect(await store.get("contoso")).toEqual(created);
  });

  it("refuses an id that is taken", async () => {
    await store.create(given);
    const again = store.create({ ...given, name: "Other" });
    await expect(again).rejects.toMatchObject({ status: 409, code: "organization.exists" });
    expect(await current()).toMatchObject({ name: given.name });
  });
});

describe("listing", () => {
  it("gives all, in the order of their ids", async () => {
    for (const id of ["fabrikam", "contoso"]) await store.create({ ...given, id });
    expect((await store.list()).map(({ id }) => id)).toEqual(["contoso", "fabrikam"]);
  });

  it("goes on over pages, empty ones among them", async () => {
    await store.create(given);
    const range: Table["range"] = async (asked) => {
      const { continuation } = asked;
      if (!continuation) return { rows: [], continuation: "first" };
      const { rows } = await table.range({ partitionKey: asked.partitionKey });
      return { rows, continuation: continuation === "first" ? "second" : null };
    };
    expect(await createOrganizationStore({ ...table, range }, () => now).list()).toHaveLength(2);
  });

  it("knows nobody who was not created", async () => {
    expect(await store.get("nobody")).toBeNull();
    expect(await store.list()).toEqual([]);
  });
});

describe("changing", () => {
  it("changes what is named, clears what is null and leaves the rest", async () => {
    const { etag } = await store.create({ ...given, adminGroupId: "c0a7d1e5-0b3c-4f68-9d21-5e8f7a6b4c11" });
    const { before, after } = await store.change("contoso", etag, {
      silenceHours: 6,
      adminGroupId: null,
      name: undefined,
    });
    expect(before).toMatchObject({ silenceHours: 24, etag });
    expect(after).toMatchObject({ name: given.name, silenceHours: 6, adminGroupId: null });
    expect(await current()).toEqual(after);
  });

  it("refuses a change of what has changed since, and any ETag that is none", async () => {
    const { etag } = await store.create(given);
    await store.change("contoso", etag, { silenceHours: 6 });
    for (const old of [etag, "", "1"]) {
      const change = store.change("contoso", old, { silenceHours: 48 });
      await expect(change).rejects.toMatchObject({ status: 412, code: "organization.changed" });
    }
    expect(await current()).toMatchObject({ silenceHours: 6 });
  });

  it("refuses when somebody else is faster by a moment", async () => {
    const { etag } = await store.create(given);
    const slow = storeInterruptedBy(() => store.change("contoso", "*", { silenceHours: 6 }));
    await expect(slow.change("contoso", etag, { name: "Late" })).rejects.toMatchObject({ status: 412 });
    expect(await current()).toMatchObject({ name: given.name, silenceHours: 6 });
  });

  it("changes whatever is there for *, and takes nothing back that somebody else did meanwhile", async () => {
    await store.create(given);
    const { keyId } = await store.addKey("contoso", { name: "Main" });
    const slow = storeInterruptedBy(() => store.revokeKey("contoso", keyId));
    await slow.change("contoso", "*", { silenceHours: 6 });
    expect(await current()).toMatchObject({ silenceHours: 6, keys: [] });
  });

  it("tells when there is none", async () => {
    const change = store.change("nobody", "*", { silenceHours: 6 });
    await expect(change).rejects.toMatchObject({ status: 404, code: "organization.notFound" });
  });
});

describe("the state", () => {
  it("changes, and one that it has already costs no write", async () => {
    const created = await store.create(given);
    const { before, after } = await store.setState("contoso", "paused");
    expect([before.state, after.state]).toEqual(["active", "paused"]);
    expect(await store.setState("contoso", "paused")).toEqual({ before: after, after });
    expect(after.etag).not.toBe(created.etag);
    expect(await current()).toEqual(after);
  });
});

describe("keys", () => {
  it("are shown once and kept as a hash", async () => {
    await store.create(given);
    const created = await store.addKey("contoso", { name: "Main", expiresAt: "2026-02-01T00:00:00Z" });
    expect(created).toMatchObject({ name: "Main", expiresAt: "2026-02-01T00:00:00.000Z" });
    expect(created.key).toMatch(/^ps_[\w-]{43}$/);
    const { keys } = await current();
    expect(JSON.stringify(keys)).not.toContain(created.key);
    expect(checkKey(created.key, keys, now)).toEqual({ state: "valid", keyId: created.keyId });
  });

  it("can be made by two administrators at once, and both are there", async () => {
    await store.create(given);
    const slow = storeInterruptedBy(() => store.addKey("contoso", { name: "Second" }));
    await slow.addKey("contoso", { name: "First" });
    expect((await current()).keys.map(({ name }) => name)).toEqual(["Second", "First"]);
  });

  it("end when they are revoked, each by itself", async () => {
    await store.create(given);
    const [old, fresh] = [
      await store.addKey("contoso", { name: "Old" }),
      await store.addKey("contoso", { name: "New" }),
    ];
    expect(await store.revokeKey("contoso", old.keyId)).toMatchObject({ name: "Old" });
    const { keys } = await current();
    expect(checkKey(old.key, keys, now)).toEqual({ state: "wrong" });
    expect(checkKey(fresh.key, keys, now)).toMatchObject({ state: "valid" });
    const again = store.revokeKey("contoso", old.keyId);
    await expect(again).rejects.toMatchObject({ status: 404, code: "key.notFound" });
  });

  it("stay listed when they have expired", async () => {
    await store.create(given);
    await store.addKey("contoso", { name: "Short", expiresAt: "2026-01-06T00:00:00Z" });
    const later = createOrganizationStore(table, () => now + 30 * 86_400_000);
    await later.addKey("contoso", { name: "Next" });
    expect((await current()).keys.map(({ name }) => name)).toEqual(["Short", "Next"]);
  });

  it("are at most ten", async () => {
    await store.create(given);
    for (let made = 0; made < 10; made++) await store.addKey("contoso", { name: "Key" });
    const oneMore = store.addKey("contoso", { name: "Key" });
    await expect(oneMore).rejects.toMatchObject({ status: 409, code: "key.limit" });
  });

  it("are not made when they would have expired already", async () => {
    await store.create(given);
    const past = store.addKey("contoso", { name: "Key", expiresAt: "2025-12-31T00:00:00Z" });
    await expect(past).rejects.toMatchObject({ status: 400, code: "key.expired" });
    expect((await current()).keys).toEqual([]);
  });

  it("belong to an organization that exists", async () => {
    await expect(store.addKey("nobody", { name: "Key" })).rejects.toMatchObject({ status: 404 });
    await expect(store.revokeKey("nobody", "k")).rejects.toMatchObject({ status: 404 });
  });
});

describe("a change whose answer is lost", () => {
  const expectPaused = async (faults: Fault[], meanwhile?: () => Promise<unknown>) => {
    await store.create(given);
    const { before, after } = await storeWith(faults, meanwhile).store.setState("contoso", "paused");
    expect([before.state, after.state]).toEqual(["active", "paused"]);
    return after;
  };

  it("is known again when it was carried out, with what was before", async () => {
    expect(await expectPaused(["lostAnswer"])).toEqual(await current());
  });

  it("is made again when it was not", async () => {
    expect(await expectPaused(["lostRequest"])).toEqual(await current());
  });

  it("is known again when it arrives late, before its repetition", async () => {
    expect(await expectPaused(["late"])).toEqual(await current());
  });

  it("is known again below what others wrote meanwhile, and theirs stays", async () => {
    const after = await expectPaused(["lostAnswer"], () => store.change("contoso", "*", { silenceHours: 6 }));
    expect(after.silenceHours).toBe(24);
    expect(await current()).toMatchObject({ state: "paused", silenceHours: 6 });
    const next = store.change("contoso", after.etag, { silenceHours: 48 });
    await expect(next).rejects.toMatchObject({ status: 412 });
  });

  it("is nobody else's: who wants the same and comes second has changed nothing", async () => {
    await store.create(given);
    const other = storeWith(["lostRequest"], () => store.setState("contoso", "paused")).store;
    const { before, after } = await other.setState("contoso", "paused");
    expect(after).toBe(before);
  });

  it("answers the organization, the key and the revocation all the same, each once", async () => {
    const losing = storeWith(["lostAnswer", "none", "lostAnswer", "none"]).store;
    expect(await losing.create(given)).toEqual(await current());
    const { etag } = await current();
    await losing.change("contoso", etag, { silenceHours: 6 });
    const { key, keyId } = await losing.addKey("contoso", { name: "Main" });
    const { keys } = await current();
    expect([keys.length, checkKey(key, keys, now)]).toEqual([1, { state: "valid", keyId }]);
    expect(await storeWith(["lostAnswer"]).store.revokeKey("contoso", keyId)).toMatchObject({ name: "Main" });
    expect((await current()).keys).toEqual([]);
  });

  it("that was guarded by what the caller saw is not taken for somebody else's", async () => {
    const { etag } = await store.create(given);
    const { after } = await storeWith(["lostAnswer"]).store.change("contoso", etag, { silenceHours: 6 });
    expect(after).toEqual(await current());
  });

  it("is given up after three tries, and says so", async () => {
    await store.create(given);
    const { waits, store: away } = storeWith(["lostRequest", "lostRequest", "lostRequest"]);
    await expect(away.setState("contoso", "paused")).rejects.toMatchObject({ kind: "ambiguous" });
    expect(waits).toEqual([100, 500]);
    expect(await current()).toMatchObject({ state: "active" });
  });
});
