import { describe, expect, it } from "vitest";
import { isLastAccepted, keyState } from "./keyState.ts";
import type { Key } from "./keyState.ts";

const now = Date.parse("2026-11-21T12:00:00.000Z");
const key = (keyId: string, expiresAt: string | null): Key => ({
  ...{ keyId, name: keyId, createdAt: "2026-01-01T00:00:00.000Z", lastUsedAt: null },
  expiresAt,
});

it.each([
  [null, "valid"],
  ["2026-12-31T12:00:00.000Z", "valid"],
  ["2026-12-05T12:00:00.000Z", "expiring"],
  ["2026-11-21T12:00:00.001Z", "expiring"],
  ["2026-11-21T12:00:00.000Z", "expired"],
])("with a limit of 14 days a key that expires at %s is %s", (expiresAt, state) => {
  expect(keyState({ expiresAt }, 14, now)).toBe(state);
});

it("the limit is that of the organization's alert", () => {
  expect(keyState({ expiresAt: "2026-12-31T12:00:00.000Z" }, 90, now)).toBe("expiring");
});

describe("the last key", () => {
  const [used, other] = [key("used", null), key("other", "2026-12-31T12:00:00.000Z")];
  const expired = key("expired", "2026-11-01T12:00:00.000Z");

  it("is the only one that has not expired", () => {
    expect(isLastAccepted(used, [used], now)).toBe(true);
    expect(isLastAccepted(used, [used, expired], now)).toBe(true);
    expect(isLastAccepted(used, [used, other], now)).toBe(false);
  });

  it("is none that has expired itself", () => {
    expect(isLastAccepted(expired, [expired], now)).toBe(false);
    expect(isLastAccepted(expired, [used, expired], now)).toBe(false);
  });
});
