import { expect, it } from "vitest";
import { toInputValue } from "../time/inputValue.ts";
import { readExpiry } from "./keyExpiry.ts";

const now = Date.parse("2026-11-21T12:00:00.000Z");

it("reads every choice", () => {
  expect(readExpiry("90", "", now)).toEqual({ expiresAt: "2027-02-19T12:00:00.000Z" });
  expect(readExpiry("never", "", now)).toEqual({ expiresAt: null });
  const tomorrow = now + 86_400_000;
  expect(readExpiry("date", toInputValue(tomorrow), now)).toEqual({
    expiresAt: new Date(tomorrow).toISOString(),
  });
});

it("says what is wrong with a date", () => {
  expect(readExpiry("date", "", now)).toEqual({ fault: "Choose a date and a time." });
  expect(readExpiry("date", toInputValue(now - 3_600_000), now)).toEqual({
    fault: "Choose a time in the future.",
  });
});
