import { expect, it } from "vitest";
import { checkKey, hashKey } from "./webhookKey.ts";

const now = Date.UTC(2026, 0, 5);
const key = (value: string, expiresAt: number | null = null) => ({
  keyId: value,
  name: value,
  sha256: hashKey(value),
  createdAt: 0,
  expiresAt,
});

it.each([
  ["the only key", "one", [key("one")], "valid"],
  ["the old key during a rotation", "old", [key("old", now + 1), key("new")], "valid"],
  ["the new key during a rotation", "new", [key("old", now + 1), key("new")], "valid"],
  ["a key at the moment of its expiry", "one", [key("one", now)], "expired"],
  ["a key that expired and is valid under another entry", "one", [key("one", now - 1), key("one")], "valid"],
  ["the same with the entries the other way round", "one", [key("one"), key("one", now - 1)], "valid"],
  ["another text", "two", [key("one")], "wrong"],
  ["part of the key", "on", [key("one")], "wrong"],
  ["no key", "", [key("one")], "wrong"],
  ["a key when there are none", "one", [], "wrong"],
] as const)("%s", (_, given, keys, result) => {
  expect(checkKey(given, keys, now)).toEqual(
    result === "valid" ? { state: "valid", keyId: given } : { state: result },
  );
});

it("keeps a hash from which the key cannot be read", () => {
  expect(hashKey("one")).toMatch(/^[0-9a-f]{64}$/);
});
