import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./retryAfter.ts";

const now = Date.UTC(2026, 0, 5, 8, 0, 0);
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

describe("how long a server asks to wait", () => {
  it.each([
    ["seconds", { "retry-after": "7" }, 7_000],
    ["seconds with a fraction", { "retry-after": "1.5" }, 1_500],
    ["a date", { "retry-after": "Mon, 05 Jan 2026 08:00:20 GMT" }, 20_000],
    ["a date that has passed", { "retry-after": "Mon, 05 Jan 2026 07:00:00 GMT" }, 0],
    ["milliseconds", { "retry-after-ms": "250" }, 250],
    ["milliseconds as Azure storage names them", { "x-ms-retry-after-ms": "300" }, 300],
    ["milliseconds before seconds", { "x-ms-retry-after-ms": "300", "retry-after": "1" }, 300],
    ["no time at all", { "retry-after": "0" }, 0],
    ["a negative time", { "retry-after": "-1" }, 0],
  ])("reads %s", (_, headers, ms) => {
    expect(wait(headers)).toBe(ms);
  });

  it("does not wait longer than an hour, whatever is asked", () => {
    expect(wait({ "retry-after": "31536000" })).toBe(3_600_000);
    expect(wait({ "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" })).toBe(3_600_000);
    expect(wait({ "retry-after": "9".repeat(400) })).toBe(3_600_000);
  });

  it.each([{}, { "retry-after": "" }, { "retry-after": "soon" }, { "retry-after-ms": "" }])(
    "is not told by %j",
    (headers) => {
      expect(wait(headers)).toBeNull();
    },
  );
});
