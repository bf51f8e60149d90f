import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAzuriteBlobs } from "../platform/storage/testing/azurite.ts";
import type { AzuriteBlobs } from "../platform/storage/testing/azurite.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { createOversizeStore, oversizeContainer } from "./oversize.ts";
import type { OversizeStore } from "./oversize.ts";

let azurite: AzuriteBlobs;
let store: OversizeStore;
beforeAll(async () => {
  azurite = await startAzuriteBlobs();
  await azurite.client.createContainer(oversizeContainer);
  store = createOversizeStore(azurite.client);
});
afterAll(() => azurite.close());

it("gives back what was kept, byte by byte", async () => {
  const content = Buffer.alloc(300_000, "Größe");
  await store.put("contoso/one.json.gz", content);
  expect((await store.get("contoso/one.json.gz"))?.equals(content)).toBe(true);
});

it("takes a repetition of the same event", async () => {
  await store.put("contoso/two.json.gz", Buffer.from("content"));
  await store.put("contoso/two.json.gz", Buffer.from("content"));
  expect(await store.get("contoso/two.json.gz")).toEqual(Buffer.from("content"));
});

it("knows when there is nothing of that name", async () => {
  expect(await store.get("contoso/none.json.gz")).toBeNull();
});

it("removes what is old of one organization and nothing of another", async () => {
  await store.put("contoso/old.json.gz", Buffer.from("content"));
  await store.put("contoso-north/old.json.gz", Buffer.from("content"));
  await store.removeBefore("contoso", Date.now() - 3_600_000);
  expect(await store.get("contoso/old.json.gz")).not.toBeNull();
  await store.removeBefore("contoso", Date.now() + 3_600_000);
  expect(await store.get("contoso/old.json.gz")).toBeNull();
  expect(await store.get("contoso-north/old.json.gz")).not.toBeNull();
});

it("does not take a storage that cannot be reached for one that has lost the content, nor for a queue", async () => {
  const options = { retryOptions: { maxTries: 1 } };
  const away = createOversizeStore(new BlobServiceClient("http://127.0.0.1:1/account", undefined, options));
  for (const asked of [away.get("contoso/one.json.gz"), away.put("contoso/one.json.gz", Buffer.from(""))]) {
    const fault: unknown = await asked.catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StorageFault);
    expect(fault).toMatchObject({ kind: "ambiguous", message: expect.stringContaining("ECONNREFUSED") });
  }
});
