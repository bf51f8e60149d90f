import { expect, test } from "vitest";
import { middleOf, percentile, spreadOf } from "./percentiles.ts";

test("a percentile is a value that was measured, by nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile(hundred, 1)).toBe(100);
  expect(percentile([7], 0.99)).toBe(7);
});

test("values may come in any order, and none at all give no figure", () => {
  expect(spreadOf([30, 10, 20])).toEqual({ count: 3, p50: 20, p99: 30, max: 30 });
  expect(spreadOf([])).toEqual({ count: 0, p50: Number.NaN, p99: Number.NaN, max: Number.NaN });
});

test("one bad round of several decides neither median nor 99th percentile, but shows in the maximum", () => {
  const round = (p99: number) => ({ count: 100, p50: p99 / 2, p99, max: p99 + 1 });
  expect(middleOf([round(40), round(900), round(50)])).toEqual({ count: 300, p50: 25, p99: 50, max: 901 });
});
