import { describe, expect, it } from "vitest";
import { outcomeCatalogue } from "../../../functions/contracts/outcomes.ts";
import { codesOf, fits } from "./codes.ts";

describe("the choice of codes", () => {
  it("offers every code of the catalogue once, under the outcome it leads to", () => {
    const offered = [...codesOf("error"), ...codesOf("skipped")].map(({ code }) => code);
    expect(offered.sort()).toEqual(Object.keys(outcomeCatalogue).sort());
    expect(codesOf("skipped").map(({ code }) => code)).toContain("record.stale");
  });

  it("keeps a code only with an outcome that it can have", () => {
    expect(fits("record.stale", null)).toBe(true);
    expect(fits("record.stale", "skipped")).toBe(true);
    expect(fits("record.stale", "success")).toBe(false);
  });
});
