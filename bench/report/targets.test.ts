import { expect, test } from "vitest";
import { isMet, targetTable } from "./targets.ts";

test("bounds include their limit unless they say below", () => {
  expect(isMet({ what: "", value: 1.5, bound: "atLeast", limit: 1.5 })).toBe(true);
  expect(isMet({ what: "", value: 1.49, bound: "atLeast", limit: 1.5 })).toBe(false);
  expect(isMet({ what: "", value: 25, bound: "atMost", limit: 25 })).toBe(true);
  expect(isMet({ what: "", value: 250, bound: "below", limit: 250 })).toBe(false);
});

test("what could not be measured is a miss", () => {
  expect(isMet({ what: "", value: Number.NaN, bound: "below", limit: 1 })).toBe(false);
});

test("the table shows value, bound and verdict", () => {
  const table = targetTable([
    { what: "reads", value: 1000, bound: "atMost", limit: 1000 },
    { what: "ratio", value: 1.234, bound: "atLeast", limit: 1.5 },
  ]);
  expect(table.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
    ["reads", "1,000", "≤ 1,000", "PASS"],
    ["ratio", "1.23", "≥ 1.5", "MISS"],
  ]);
});
