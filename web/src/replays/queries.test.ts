import { expect, it } from "vitest";
import { itemsEvery } from "./queries.ts";

it("the end of what a running replay did is read again, also after further pages, but less often", () => {
  expect(itemsEvery([])).toBe(2000);
  expect(itemsEvery([{ nextCursor: null }])).toBe(2000);
  expect(itemsEvery([{ nextCursor: "a" }, { nextCursor: null }])).toBe(4000);
});

it("pages with more behind them stay as they are", () => {
  expect(itemsEvery([{ nextCursor: "a" }])).toBe(false);
});
