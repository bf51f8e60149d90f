import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import { createDirectory } from "./directory.ts";
import type { Directory } from "./directory.ts";
import type { StoredOrganization } from "./storedOrganization.ts";

/** The organizations in storage, each with the ids of its keys, and how storage answers. */
let stored: Record<string, string[]>;
let answer: () => Promise<void>;
let reads: number;
let directory: Directory;

beforeEach(() => {
  vi.useFakeTimers();
  stored = { contoso: ["old"] };
  answer = async () => {};
  reads = 0;
  directory = createDirectory({ list }, () => Date.now());
});
afterEach(() => {
  vi.useRealTimers();
});

async function list(): Promise<StoredOrganization[]> {
  reads += 1;
  const found = Object.entries(stored).map(([id, keys]) => ({ id, keys: keys.map((keyId) => ({ keyId })) }));
  await answer();
  return found as StoredOrganization[];
}

const away = () => Promise.reject(new StorageFault("ambiguous", null, "away"));
const hanging = () => new Promise<void>(() => {});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const keysOf = async (id = "contoso") => (await directory.find(id))?.keys.map(({ keyId }) => keyId);

describe("the copy", () => {
  it("serves without reading, and concurrent callers share the first read", async () => {
    await Promise.all([keysOf(), keysOf(), directory.all()]);
    await pass(14_000);
    expect(await keysOf()).toEqual(["old"]);
    expect(reads).toBe(1);
  });

  it("is renewed in the background from half its age on, while it serves", async () => {
    await keysOf();
    await pass(15_000);
    stored = { contoso: ["new"] };
    expect(await keysOf()).toEqual(["old"]);
    await pass(0);
    expect(await keysOf()).toEqual(["new"]);
    expect(reads).toBe(2);
  });

  it("is not used beyond 30 s: a revoked key is dead by then", async () => {
    await keysOf();
    stored = { contoso: [] };
    await pass(30_000);
    expect(await keysOf()).toEqual([]);
  });

  it("counts its age from the beginning of its read: what changed while it was read may be missing", async () => {
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    const first = keysOf();
    await pass(10_000);
    const joined = keysOf();
    slow.resolve();
    answer = async () => {};
    expect(await Promise.all([first, joined])).toEqual([["old"], ["old"]]);
    stored = { contoso: [] };
    await pass(20_000);
    expect(await keysOf()).toEqual([]);
  });
});

describe("a change of our own", () => {
  it("is seen by the next caller", async () => {
    await keysOf();
    stored = { contoso: ["old", "new"] };
    directory.forget();
    expect(await keysOf()).toEqual(["old", "new"]);
  });

  it("is seen although a read from before it is still on its way", async () => {
    await keysOf();
    await pass(15_000);
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    await keysOf();
    stored = { contoso: ["new"] };
    answer = async () => {};
    directory.forget();
    expect(await keysOf()).toEqual(["new"]);
    slow.resolve();
    await pass(0);
    expect(await keysOf()).toEqual(["new"]);
  });

  it("is seen when it was made during the very first read", async () => {
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    const first = keysOf();
    stored = { contoso: ["new"] };
    directory.forget();
    answer = async () => {};
    slow.resolve();
    await first;
    expect(await keysOf()).toEqual(["new"]);
  });
});

describe("what the copy does not know", () => {
  it("is looked for at once, so that what another process added can be used", async () => {
    await keysOf();
    await pass(1_000);
    stored = { contoso: ["old"], fabrikam: ["first"] };
    expect(await keysOf("fabrikam")).toEqual(["first"]);
  });

  it("is looked for at most once a second, however many ask", async () => {
    await keysOf();
    await pass(1_000);
    await Promise.all([keysOf("nobody"), keysOf("nowhere")]);
    await keysOf("nobody");
    expect(reads).toBe(2);
    await pass(1_000);
    expect(await directory.find("nobody")).toBeNull();
    expect(reads).toBe(3);
  });

  it("is a key too: the organization is read again, at most once a second", async () => {
    await keysOf();
    stored = { contoso: ["new"] };
    expect((await directory.findFresh("contoso"))?.keys).toEqual([{ keyId: "old" }]);
    await pass(1_000);
    expect((await directory.findFresh("contoso"))?.keys).toEqual([{ keyId: "new" }]);
    expect(await directory.findFresh("nobody")).toBeNull();
  });
});

describe("while storage is away", () => {
  it("goes on with the old copy, and asks storage at most once a second", async () => {
    await keysOf();
    answer = away;
    await pass(60_000);
    for (let request = 0; request < 5; request++) expect(await keysOf()).toEqual(["old"]);
    expect(reads).toBe(2);
    await pass(1_000);
    await keysOf();
    expect(reads).toBe(3);
  });

  it("has the new copy as soon as storage is back", async () => {
    await keysOf();
    answer = away;
    await pass(60_000);
    await keysOf();
    answer = async () => {};
    stored = { contoso: ["new"] };
    await pass(1_000);
    expect(await keysOf()).toEqual(["new"]);
  });

  it("says so to everybody when there never was a copy", async () => {
    answer = away;
    await expect(directory.find("contoso")).rejects.toMatchObject({ kind: "ambiguous" });
    await expect(directory.all()).rejects.toMatchObject({ kind: "ambiguous" });
    answer = async () => {};
    expect(await keysOf()).toEqual(["old"]);
  });

  it("knows nobody who is not in the copy", async () => {
    await keysOf();
    answer = away;
    await pass(60_000);
    expect(await directory.find("fabrikam")).toBeNull();
  });
});

describe("while storage hangs", () => {
  it("lets the first caller wait for a second and the others not at all", async () => {
    await keysOf();
    answer = hanging;
    await pass(60_000);
    const first = keysOf();
    const answered = vi.fn<() => void>();
    void first.then(answered);
    await pass(999);
    expect(answered).not.toHaveBeenCalled();
    await pass(1);
    expect(await first).toEqual(["old"]);
    expect(await keysOf()).toEqual(["old"]);
    expect(reads).toBe(2);
  });

  it("does not hold up those whose key is not known", async () => {
    await keysOf();
    answer = hanging;
    await pass(2_000);
    const first = directory.findFresh("contoso");
    await pass(1_000);
    expect((await first)?.keys).toEqual([{ keyId: "old" }]);
    expect(await directory.find("nobody")).toBeNull();
  });
});
