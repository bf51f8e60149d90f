import { expect, it } from "vitest";
import { invertedTime, timeOf } from "./invertedTime.ts";

const times = ["1970-01-01", "2026-01-05", "2026-01-06", "2286-11-20"].map((day) => Date.parse(day));

it("sorts the latest first, and can be turned back", () => {
  const inverted = times.map(invertedTime);
  expect(inverted.toSorted()).toEqual(inverted.toReversed());
  expect(inverted.map((text) => timeOf(`${text}|id`))).toEqual(times);
});

it("keeps every time among those that have a key", () => {
  expect(invertedTime(Date.parse("1960-01-01"))).toBe(invertedTime(0));
  expect(invertedTime(Date.parse("9999-12-31"))).toBe("0000000000000");
});
