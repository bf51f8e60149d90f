import { expect, it } from "vitest";
import { percent } from "./percent.ts";

it.each([
  [0, "0 %"],
  [0.0001, "< 0.1 %"],
  [0.0512, "5.1 %"],
  [0.9999, "> 99.9 %"],
  [1, "100 %"],
])("writes the share %d as %s", (share, text) => {
  expect(percent(share)).toBe(text);
});
