import { describe, expect, it } from "vitest";
import { duration, relativeTime, timeUntil, utcTime } from "./format.ts";

const now = Date.UTC(2026, 10, 21, 12);
const ago = (seconds: number) => relativeTime(now - seconds * 1000, now);

describe("relativeTime", () => {
  it.each([
    [0, "just now"],
    [-20, "just now"],
    [12, "12 seconds ago"],
    [60, "1 minute ago"],
    [3_599, "59 minutes ago"],
    [7_200, "2 hours ago"],
    [86_400 * 29, "29 days ago"],
    [86_400 * 31, "21 Oct 2026"],
  ])("says of %i seconds ago: %s", (seconds, text) => {
    expect(ago(seconds)).toBe(text);
  });
});

describe("timeUntil", () => {
  it("says when something is due, and now when it is late", () => {
    expect(timeUntil(now + 90_000, now)).toBe("in 1 minute");
    expect(timeUntil(now - 1, now)).toBe("now");
  });
});

describe("duration", () => {
  it.each([
    [0, "0 seconds"],
    [1, "1 second"],
    [150, "2 minutes"],
    [90_000, "1 day"],
  ])("of %i seconds is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe("utcTime", () => {
  it("is exact to the second and says its zone", () => {
    expect(utcTime(now)).toBe("2026-11-21 12:00:00 UTC");
  });
});
