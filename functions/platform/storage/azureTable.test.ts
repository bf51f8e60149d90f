import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { AzureNamedKeyCredential, TableClient } from "@azure/data-tables";
import { beforeEach, describe, expect, it } from "vitest";
import { quote } from "../odata.ts";
import { azureTable } from "./azureTable.ts";
import { useAzuriteTables } from "./testing/azurite.ts";
import type { Row, StoredRow, Table } from "./table.ts";

const newTable = useAzuriteTables();
let table: Table;
beforeEach(async () => {
  table = azureTable(await newTable());
});

const row = (rowKey: string, properties: object = {}): Row => ({ partitionKey: "p", rowKey, ...properties });
const create = (rowKey: string, properties?: object) =>
  ({ kind: "create", row: row(rowKey, properties) }) as const;
const replace = (rowKey: string, etag: string) =>
  ({ kind: "replace", row: row(rowKey, { n: 9 }), etag }) as const;
const keys = (rows: readonly StoredRow[]) => rows.map(({ rowKey }) => rowKey);

describe("a row", () => {
  it("comes back with its values, its keys and the ETag of its write", async () => {
    const values = {
      text: "Größe ✓",
      whole: 7,
      large: 1_760_000_000_000,
      share: 0.25,
      big: 9_007_199_254_740_993n,
      yes: true,
      bytes: Buffer.from([0, 255]),
      at: new Date(0),
    };
    const [etag] = await table.submit([create("r", values)]);
    expect(await table.get("p", "r")).toMatchObject({ ...values, partitionKey: "p", rowKey: "r", etag });
  });

  it("has only the properties that were asked for, and always its keys and ETag", async () => {
    const [etag] = await table.submit([create("r", { one: 1, two: 2 })]);
    const found = await table.get("p", "r", ["one"]);
    expect(found).toMatchObject({ partitionKey: "p", rowKey: "r", etag, one: 1 });
    expect(found).not.toHaveProperty("two");
    const { rows } = await table.range({ partitionKey: "p", select: ["two"] });
    expect(rows).toEqual([{ partitionKey: "p", rowKey: "r", etag, two: 2 }]);
  });

  it("is null when it does not exist", async () => {
    expect(await table.get("p", "none")).toBeNull();
  });

  it("loses what a replacement leaves out, and keeps what a merge leaves out", async () => {
    const names = ["merged", "upsertMerged", "replaced", "upserted"];
    await table.submit(names.map((name) => create(name, { one: 1, two: 2 })));
    await table.submit([
      { kind: "merge", row: row("merged", { two: 3 }), etag: "*" },
      { kind: "upsertMerge", row: row("upsertMerged", { two: 3 }) },
      { kind: "replace", row: row("replaced", { two: 3 }), etag: "*" },
      { kind: "upsert", row: row("upserted", { two: 3 }) },
      { kind: "upsertMerge", row: row("made", { two: 3 }) },
    ]);
    for (const name of ["merged", "upsertMerged"])
      expect(await table.get("p", name)).toMatchObject({ one: 1, two: 3 });
    for (const name of ["replaced", "upserted", "made"])
      expect(await table.get("p", name)).not.toHaveProperty("one");
  });
});

describe("a transaction", () => {
  it("gives the new ETags in the order of its writes", async () => {
    const etags = await table.submit([create("b"), create("a"), { kind: "upsert", row: row("c|1") }]);
    const stored = await Promise.all(["b", "a", "c|1"].map((rowKey) => table.get("p", rowKey)));
    expect(stored.map((found) => found?.etag)).toEqual(etags);
  });

  it("is done as a whole or not at all, and names the write that failed", async () => {
    await table.submit([create("there")]);
    const failing = table.submit([create("one"), create("two"), create("there"), create("three")]);
    await expect(failing).rejects.toMatchObject({ kind: "exists", index: 2 });
    expect(keys((await table.range({ partitionKey: "p" })).rows)).toEqual(["there"]);
  });

  it("changes a row only in the version that was seen", async () => {
    const [seen = ""] = await table.submit([create("r")]);
    await table.submit([replace("r", seen)]);
    await expect(table.submit([replace("r", seen)])).rejects.toMatchObject({ kind: "conflict", index: 0 });
    await expect(table.submit([replace("none", seen)])).rejects.toMatchObject({ kind: "conflict" });
  });

  it("deletes", async () => {
    await table.submit([create("r")]);
    await table.submit([{ kind: "delete", row: { partitionKey: "p", rowKey: "r" } }]);
    expect(await table.get("p", "r")).toBeNull();
  });
});

describe("a range", () => {
  it("holds the keys from the first up to, and without, the last, in key order and of one partition", async () => {
    await table.submit(["e|2", "e|1", "e}", "d|1", "x|1"].map((rowKey) => create(rowKey)));
    await table.submit([{ kind: "create", row: { partitionKey: "other", rowKey: "e|3" } }]);
    const { rows, continuation } = await table.range({ partitionKey: "p", from: "e|", to: "e}" });
    expect(keys(rows)).toEqual(["e|1", "e|2"]);
    expect(continuation).toBeNull();
  });

  it("goes on where the page before ended, also when rows were added in front", async () => {
    await table.submit(["b", "c", "d", "e"].map((rowKey) => create(rowKey)));
    const first = await table.range({ partitionKey: "p", limit: 2 });
    await table.submit([create("a")]);
    const second = await table.range({ partitionKey: "p", limit: 2, continuation: first.continuation ?? "" });
    expect([...keys(first.rows), ...keys(second.rows)]).toEqual(["b", "c", "d", "e"]);
  });

  it("can be filtered by a property, with quotes in the value", async () => {
    await table.submit([create("a", { name: "O'Hara" }), create("b", { name: "Ng" })]);
    const { rows } = await table.range({ partitionKey: "p", filter: `name eq ${quote("O'Hara")}` });
    expect(keys(rows)).toEqual(["a"]);
  });

  it("can be empty", async () => {
    expect(await table.range({ partitionKey: "nobody" })).toEqual({ rows: [], continuation: null });
  });
});

describe("storage that fails", () => {
  const clientOf = (endpoint: string) => {
    const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
    return new TableClient(endpoint, "Any", new AzureNamedKeyCredential("account", "a2V5"), options);
  };
  const attempts = (broken: Table) => [
    broken.get("p", "r"),
    broken.range({ partitionKey: "p" }),
    broken.submit([create("r")]),
  ];
  const kinds = async (broken: Table) =>
    (await Promise.allSettled(attempts(broken))).map((result) =>
      result.status === "rejected" ? (result.reason as { kind: string }).kind : "done",
    );

  it("is not taken for an empty table when the table is missing", async () => {
    const client = await newTable();
    await client.deleteTable();
    expect(await kinds(azureTable(client))).toEqual(["refused", "refused", "refused"]);
  });

  it("is ambiguous when nothing answers within the time limit", async () => {
    const silent = await listen();
    const broken = azureTable(clientOf(silent.url), { timeoutMs: 50 });
    expect(await kinds(broken)).toEqual(["ambiguous", "ambiguous", "ambiguous"]);
    await expect(broken.get("p", "r")).rejects.toThrow("Storage did not answer within 0.05 s.");
    silent.close();
  });

  it("is ambiguous when the connection is refused", async () => {
    const silent = await listen();
    silent.close();
    const broken = azureTable(clientOf(silent.url));
    expect(await kinds(broken)).toEqual(["ambiguous", "ambiguous", "ambiguous"]);
  });
});

/** Accepts connections and never says a word. */
async function listen(): Promise<{ url: string; close(): void }> {
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    socket.on("error", () => {});
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
