import { describe, expect, it, vi } from "vitest";
import {
  clockTime,
  duration,
  durationAtMost,
  relativeTime,
  shortRange,
  shortTime,
  timeUntil,
  utcTime,
} from "./format.ts";

// A place whose clock changes; set before the formats are made.
vi.hoisted(() => vi.stubEnv("TZ", "Europe/Berlin"));

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

  it.each([
    [0, "0 seconds"],
    [11.2, "12 seconds"],
    [900, "15 minutes"],
    [7100, "2 hours"],
    [170_000, "2 days"],
  ])("at most of %i seconds is %s", (seconds, text) => {
    expect(durationAtMost(seconds)).toBe(text);
  });
});

describe("shortTime and shortRange", () => {
  const noon = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day, 11);

  it("say the year only when it is not the current one", () => {
    expect(shortTime(noon(2026, 2, 1), now)).toBe("1 Feb, 12:00");
    expect(shortTime(noon(2025, 2, 1), now)).toBe("1 Feb 2025, 12:00");
    expect(shortRange(noon(2020, 1, 1), noon(2021, 2, 1), now)).toBe("1 Jan 2020, 12:00 – 1 Feb 2021, 12:00");
    expect(shortRange(noon(2025, 12, 1), noon(2026, 2, 1), now)).toBe("1 Dec 2025, 12:00 – 1 Feb, 12:00");
  });

  it("say the day once", () => {
    const at = noon(2026, 2, 1);
    expect(shortRange(at, at + 3_600_000, now)).toBe("1 Feb, 12:00 – 13:00");
  });
});

describe("clockTime", () => {
  const hours = (from: number) => Array.from({ length: 5 }, (_, hour) => clockTime(from + hour * 3_600_000));

  it("tells the hours apart that the clock shows twice when it is put back", () => {
    expect(hours(Date.UTC(2026, 9, 24, 23))).toEqual(["01:00", "02:00 CEST", "02:00 CET", "03:00", "04:00"]);
  });

  it("has nothing to tell apart when it is put forward", () => {
    expect(hours(Date.UTC(2026, 2, 28, 23))).toEqual(["00:00", "01:00", "03:00", "04:00", "05:00"]);
  });
});

describe("utcTime", () => {
  it("is exact to the second and says its zone", () => {
    expect(utcTime(now)).toBe("2026-11-21 12:00:00 UTC");
  });
});
