import { expect, test } from "vitest";
import { createShiftedClock } from "./shiftedClock.ts";

test("only the current time is shifted; dates are ordinary dates in both directions", () => {
  const clock = createShiftedClock(0);
  const Shifted = clock.Date;
  clock.setOffset(Date.parse("2001-02-03T04:05:06Z") - Date.now());
  expect(new Shifted().getFullYear()).toBe(2001);
  expect(new Date(Shifted.now()).toISOString()).toMatch(/^2001-02-03T04:05/);
  expect(Shifted()).toContain("2001");
  expect(new Shifted(0).toISOString()).toBe("1970-01-01T00:00:00.000Z");
  expect(new Shifted(2020, 5, 1).getMonth()).toBe(5);
  expect(Shifted.UTC(2020, 0)).toBe(Date.UTC(2020, 0));
  expect(new Shifted()).toBeInstanceOf(Date);
  expect(new Date()).toBeInstanceOf(Shifted);
  class Stamp extends Shifted {}
  expect(new Stamp().getFullYear()).toBe(2001);
  clock.setOffset(0);
  expect(Math.abs(Shifted.now() - Date.now())).toBeLessThan(60_000);
});
