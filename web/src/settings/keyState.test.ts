import { expect, it } from "vitest";
import { keyState } from "./keyState.ts";

const now = Date.parse("2026-11-21T12:00:00.000Z");

it.each([
  [null, "valid"],
  ["2026-12-31T12:00:00.000Z", "valid"],
  ["2026-12-05T12:00:00.000Z", "expiring"],
  ["2026-11-21T12:00:00.001Z", "expiring"],
  ["2026-11-21T12:00:00.000Z", "expired"],
])("a key that expires at %s is %s", (expiresAt, state) => {
  expect(keyState({ expiresAt }, now)).toBe(state);
});
