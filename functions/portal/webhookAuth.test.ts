import { HttpRequest } from "@azure/functions";
import { describe, expect, it } from "vitest";
import type { Directory } from "../organizations/directory.ts";
import type { StoredKey, StoredOrganization } from "../organizations/storedOrganization.ts";
import { hashKey } from "../organizations/webhookKey.ts";
import { StorageFault } from "../platform/storage/table.ts";
import { authenticateWebhook } from "./webhookAuth.ts";

const now = Date.UTC(2026, 0, 5);
const key = (value: string, expiresAt: number | null = null): StoredKey => ({
  keyId: value,
  name: value,
  sha256: hashKey(value),
  createdAt: 0,
  expiresAt,
});
const withKeys = (...keys: StoredKey[]) => ({ id: "contoso", keys }) as StoredOrganization;

/** A directory whose copy is `known` and whose storage is `fresh`. */
function directoryOf(known: StoredOrganization | null, fresh: StoredOrganization | null = known) {
  const asked: string[] = [];
  const find = async (id: string) => {
    asked.push("copy");
    return known?.id === id ? known : null;
  };
  const findFresh = async (id: string) => {
    asked.push("storage");
    return fresh?.id === id ? fresh : null;
  };
  const all = async () => {
    asked.push("copy");
    return known ? [known] : [];
  };
  return { asked, directory: { all, find, findFresh } as unknown as Directory };
}

interface Sent {
  header?: string;
  code?: string;
  id?: string;
}

function authenticate({ header, code, id = "contoso" }: Sent, directory: Directory) {
  const request = new HttpRequest({
    method: "POST",
    url: `http://localhost/api/webhooks/dynamics/${id}`,
    headers: header === undefined ? {} : { "x-webhook-key": header },
    query: code === undefined ? {} : { code },
  });
  return authenticateWebhook(request, id, directory, now);
}

describe("a valid key", () => {
  it.each<[string, Sent]>([
    ["in the header", { header: "one" }],
    ["in the query, as Dataverse sends it", { code: "one" }],
    ["in the query beside an empty header", { header: "", code: "one" }],
  ])("%s lets the organization in, without a read of storage", async (_, sent) => {
    const { directory, asked } = directoryOf(withKeys(key("one")));
    expect(await authenticate(sent, directory)).toMatchObject({ organization: { id: "contoso" } });
    expect(asked).toEqual(["copy"]);
  });

  it("may be either of two during a rotation", async () => {
    const { directory } = directoryOf(withKeys(key("old", now + 1), key("new")));
    for (const header of ["old", "new"])
      expect(await authenticate({ header }, directory)).toMatchObject({ keyId: header });
  });

  it("can be used at once, although this process does not know it yet", async () => {
    const { directory } = directoryOf(withKeys(key("old")), withKeys(key("old"), key("new")));
    expect(await authenticate({ header: "new" }, directory)).toMatchObject({
      keyId: "new",
      organization: { keys: [{ keyId: "old" }, { keyId: "new" }] },
    });
  });
});

describe("refusing", () => {
  it.each<[string, Sent, object]>([
    ["no key", {}, { refused: "missingKey", organizationId: "contoso" }],
    ["a wrong key", { header: "two" }, { refused: "wrongKey", organizationId: "contoso" }],
    ["an expired key", { header: "gone" }, { refused: "expiredKey", organizationId: "contoso" }],
    [
      "an unknown organization",
      { header: "one", id: "nobody" },
      { refused: "unknownOrganization", organizationId: null },
    ],
    [
      "an unknown organization without a key",
      { id: "nobody" },
      { refused: "unknownOrganization", organizationId: null },
    ],
  ])("%s", async (_, sent, refused) => {
    const { directory } = directoryOf(withKeys(key("one"), key("gone", now - 1)));
    expect(await authenticate(sent, directory)).toEqual(refused);
  });

  it("does not take the key of another organization", async () => {
    const { directory } = directoryOf({ ...withKeys(key("one")), id: "fabrikam" });
    expect(await authenticate({ header: "one", id: "contoso" }, directory)).toHaveProperty("refused");
  });

  it.each(["contoso", "nobody"])("does not read storage for a request to %s without a key", async (id) => {
    const { directory, asked } = directoryOf(withKeys(key("one")));
    await authenticate({ id }, directory);
    expect(asked).toEqual(["copy"]);
  });

  it("goes by the copy when nothing newer can be read", async () => {
    const { directory } = directoryOf(withKeys(key("one")), null);
    expect(await authenticate({ header: "two" }, directory)).toMatchObject({ refused: "wrongKey" });
  });
});

it("says that storage is away rather than that the key is wrong when it knows of no organization at all", async () => {
  const away = () => Promise.reject(new StorageFault("ambiguous", null, "away"));
  const directory = { all: away, find: away, findFresh: away } as unknown as Directory;
  for (const sent of [{ header: "one" }, {}])
    await expect(authenticate(sent, directory)).rejects.toBeInstanceOf(StorageFault);
});
