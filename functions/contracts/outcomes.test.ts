import { describe, expect, it } from "vitest";
import { advice, outcomeCatalogue, outcomeCode } from "./outcomes.ts";

describe.each(outcomeCode.options)("the advice on %s", (code) => {
  const entry = outcomeCatalogue[code];

  it("says what happened, what to do and who can", () => {
    expect(advice.safeParse(entry).success).toBe(true);
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.whatHappened).toMatch(/^[A-Z][\s\S]*\.$/);
    expect(entry.whatToDo).toMatch(/^[A-Z][\s\S]*\.$/);
    expect(entry.owner).toMatch(/ (administrator|operator)$/);
  });
});

describe("the catalogue", () => {
  it("has no entry without a code, and no title twice: a person must be able to tell them apart", () => {
    const titles = Object.entries(outcomeCatalogue)
      .filter(([, { outcome }]) => outcome === "error")
      .map(([, { title }]) => title);
    expect(Object.keys(outcomeCatalogue)).toHaveLength(outcomeCode.options.length);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("retries only what may come right by itself", () => {
    const retried = Object.entries(outcomeCatalogue).filter(([, { retryable }]) => retryable);
    expect(retried.map(([code]) => code)).toEqual([
      "dynamics.unavailable",
      "dynamics.throttled",
      "platform.deadLettered",
    ]);
    expect(retried.every(([, { outcome }]) => outcome === "error")).toBe(true);
  });
});
