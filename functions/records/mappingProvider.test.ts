import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Mapping } from "../contracts/mapping.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { createMappings } from "./mappingProvider.ts";
import type { Mappings } from "./mappingProvider.ts";

let version: number;
let answer: () => Promise<void>;
let reads: string[];
let mappings: Mappings;

beforeEach(() => {
  vi.useFakeTimers();
  version = 1;
  answer = async () => {};
  reads = [];
  mappings = createMappings({ newest }, () => Date.now());
});
afterEach(() => {
  vi.useRealTimers();
});

async function newest(organizationId: string) {
  reads.push(organizationId);
  const found = [{ version } as Mapping];
  await answer();
  return { version, savedAt: null, savedBy: null, mappings: found };
}

const away = () => Promise.reject(new StorageFault("ambiguous", null, "away"));
const hanging = () => new Promise<void>(() => {});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const versionOf = async (id = "contoso") => (await mappings.of(id))[0]?.version;

describe("the mappings that a process keeps", () => {
  it("are read once for each organization, also by callers at the same time", async () => {
    await Promise.all([versionOf(), versionOf(), versionOf("fabrikam")]);
    await pass(14_000);
    await versionOf();
    expect(reads).toEqual(["contoso", "fabrikam"]);
  });

  it("are renewed while they serve, and never used beyond 30 s", async () => {
    await versionOf();
    version = 2;
    await pass(15_000);
    expect(await versionOf()).toBe(1);
    await pass(0);
    expect(await versionOf()).toBe(2);
    version = 3;
    await pass(30_000);
    expect(await versionOf()).toBe(3);
  });

  it("show a change of our own at once", async () => {
    await versionOf();
    version = 2;
    mappings.forget("contoso");
    expect(await versionOf()).toBe(2);
  });

  it("are never those of a read that began before a change of our own", async () => {
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    const before = versionOf();
    version = 2;
    mappings.forget("contoso");
    answer = async () => {};
    expect(await versionOf()).toBe(2);
    slow.resolve();
    await before;
    expect(await versionOf()).toBe(2);
  });
});

describe("mappings that are renewed", () => {
  it("are read although there is a copy", async () => {
    await versionOf();
    version = 2;
    await mappings.renew("contoso");
    expect(await versionOf()).toBe(2);
    expect(reads).toHaveLength(2);
  });

  it("are not replaced by a read that began before", async () => {
    await versionOf();
    await pass(15_000);
    const slow = Promise.withResolvers<void>();
    answer = () => slow.promise;
    await versionOf();
    version = 2;
    answer = async () => {};
    await pass(1);
    await mappings.renew("contoso");
    slow.resolve();
    await pass(0);
    expect(await versionOf()).toBe(2);
  });
});

describe("while storage is away", () => {
  it("the old copy goes on being used, and storage is asked at most once a second", async () => {
    await versionOf();
    answer = away;
    await pass(60_000);
    for (let calls = 0; calls < 5; calls += 1) expect(await versionOf()).toBe(1);
    expect(reads).toHaveLength(2);
  });

  it("a caller waits a second at most for a renewal", async () => {
    await versionOf();
    answer = hanging;
    await pass(30_000);
    const waiting = versionOf();
    await pass(1_000);
    expect(await waiting).toBe(1);
  });

  it("mappings that were never read are an error, so that the batch comes again; later they are there", async () => {
    answer = away;
    await expect(versionOf()).rejects.toMatchObject({ kind: "ambiguous" });
    answer = async () => {};
    expect(await versionOf()).toBe(1);
  });

  it("events that are run again wait for storage instead of being read by an old version, which arrivals go on with", async () => {
    await versionOf();
    answer = away;
    await expect(mappings.renew("contoso")).rejects.toMatchObject({ kind: "ambiguous" });
    expect(await versionOf()).toBe(1);
  });
});
