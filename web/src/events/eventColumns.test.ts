import { describe, expect, it } from "vitest";
import { readColumns, usualColumns } from "./eventColumns.ts";

describe("remembered columns", () => {
  it("come back, without those that are no longer known", () => {
    expect([...readColumns("type,gone,attempts")]).toEqual(["type", "attempts"]);
  });

  it.each([null, "", "gone"])("are the usual ones when nothing known is remembered: %j", (stored) => {
    expect(readColumns(stored)).toBe(usualColumns);
  });
});
