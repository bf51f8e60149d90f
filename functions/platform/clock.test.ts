import { expect, it } from "vitest";
import { toInstant, toInstantOrNull } from "./clock.ts";

it("writes a time as the API does: UTC, with milliseconds", () => {
  expect(toInstant(Date.UTC(2026, 0, 5, 8, 30))).toBe("2026-01-05T08:30:00.000Z");
});

it("keeps null, and 0 is a time", () => {
  expect(toInstantOrNull(null)).toBeNull();
  expect(toInstantOrNull(0)).toBe("1970-01-01T00:00:00.000Z");
});
