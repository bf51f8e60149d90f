import { beforeEach, expect, it } from "vitest";
import { StorageFault } from "../platform/storage/table.ts";
import type { Table } from "../platform/storage/table.ts";
import { connect } from "../sync-log/testing/modelNetwork.ts";
import { createModelTable } from "../sync-log/testing/modelTable.ts";
import { createKeyUse } from "./keyUse.ts";
import type { KeyUse } from "./keyUse.ts";

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 8);

let table: Table;
let now: number;
let writes: number;
let complaints: string[];
let keyUse: KeyUse;
beforeEach(() => {
  const model = connect(createModelTable(), { delay: async () => {}, fault: () => "none" }).table;
  now = start;
  writes = 0;
  complaints = [];
  table = {
    ...model,
    submit: (given) => {
      writes += 1;
      return model.submit(given);
    },
  };
  keyUse = newProcess(table);
});

function newProcess(own: Table): KeyUse {
  return createKeyUse({ table: own, clock: () => now, onError: (message) => complaints.push(message) });
}

it("writes once in five minutes for each key, however many webhooks come", async () => {
  for (let webhook = 0; webhook < 1_000; webhook += 1) keyUse.note("contoso", "k1");
  keyUse.note("contoso", "k2");
  expect(writes).toBe(2);
  now += 5 * minute - 1;
  keyUse.note("contoso", "k1");
  expect(writes).toBe(2);
  now += 1;
  keyUse.note("contoso", "k1");
  expect(writes).toBe(3);
  await expect
    .poll(() => keyUse.lastUsed("contoso"))
    .toEqual(
      new Map([
        ["k1", now],
        ["k2", start],
      ]),
    );
});

it("knows what other processes noted, each organization's own", async () => {
  newProcess(table).note("contoso", "k1");
  now += minute;
  newProcess(table).note("contoso-north", "k9");
  await expect.poll(() => keyUse.lastUsed("contoso")).toEqual(new Map([["k1", start]]));
  expect(await keyUse.lastUsedOfAll()).toEqual(
    new Map([
      ["contoso", new Map([["k1", start]])],
      ["contoso-north", new Map([["k9", now]])],
    ]),
  );
});

it("forgets a key that was revoked, and one that was never used", async () => {
  keyUse.note("contoso", "k1");
  await expect.poll(() => keyUse.lastUsed("contoso")).toHaveProperty("size", 1);
  await keyUse.forget("contoso", "k1");
  await keyUse.forget("contoso", "k1");
  expect(await keyUse.lastUsed("contoso")).toEqual(new Map());
  expect(complaints).toEqual([]);
});

it("neither fails nor tries again at once while storage is away", async () => {
  const away = () => Promise.reject(new StorageFault("ambiguous", null, "away"));
  let tries = 0;
  const broken = newProcess({
    ...table,
    submit: () => {
      tries += 1;
      return away();
    },
  });
  for (let webhook = 0; webhook < 100; webhook += 1) broken.note("contoso", "k1");
  await expect.poll(() => complaints).toEqual([expect.stringContaining("could not be noted")]);
  expect(tries).toBe(1);
  await broken.forget("contoso", "k1");
  expect(complaints).toHaveLength(2);
});
