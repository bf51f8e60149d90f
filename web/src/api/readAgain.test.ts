import { expect, it } from "vitest";
import { ApiError, NetworkError } from "./problem.ts";
import { keepReading, readAfterError, untilNextAttempt } from "./readAgain.ts";

const after = (error: Error | null) => ({ state: { error } });
const unreachable = new NetworkError(new TypeError("Failed to fetch"));
const refused = new ApiError({
  ...{ type: "about:blank", title: "Not yours", detail: "Ask for it.", correlationId: "c-1" },
  ...{ status: 403, code: "organization.notYours" },
});

it("goes on with what is kept up to date, until an error comes that would only come again", () => {
  expect([null, unreachable, refused].map((error) => keepReading(500)(after(error)))).toEqual([
    500,
    500,
    false,
  ]);
});

it("reads by itself only after an error that may pass", () => {
  expect([null, unreachable, refused].map((error) => readAfterError(after(error)))).toEqual([
    false,
    2000,
    false,
  ]);
});

it("reads events again when the first of their next attempts is due, between 5 s and a minute later", () => {
  const now = Date.parse("2026-03-01T10:00:00Z");
  const due = (...times: (string | null)[]) =>
    untilNextAttempt(
      times.map((nextAttemptAt) => ({ nextAttemptAt })),
      now,
    );
  expect(due("2026-03-01T10:02:00Z", null, "2026-03-01T10:00:20Z")).toBe(20_000);
  expect(due("2026-03-01T10:02:00Z")).toBe(60_000);
  expect(due("2026-03-01T09:59:00Z", "2026-03-01T10:01:00Z")).toBe(5000);
  expect([due(), due(null)]).toEqual([false, false]);
});
