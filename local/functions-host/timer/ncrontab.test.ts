import { expect, test } from "vitest";
import { parseSchedule } from "./schedule.ts";

/** Local times, because a schedule is read in the time zone of the machine. */
const at = (text: string) => new Date(text);

test.each([
  ["0 * * * * *", "2026-03-10T10:15:30", "2026-03-10T10:16:00"],
  ["0 * * * * *", "2026-03-10T10:15:00", "2026-03-10T10:16:00"],
  ["* * * * * *", "2026-03-10T10:15:30.250", "2026-03-10T10:15:31"],
  ["*/20 * * * * *", "2026-03-10T10:15:40", "2026-03-10T10:16:00"],
  ["0 */5 * * * *", "2026-03-10T10:57:00", "2026-03-10T11:00:00"],
  ["0 5/15 * * * *", "2026-03-10T10:51:00", "2026-03-10T11:05:00"],
  ["0 10-20/5 * * * *", "2026-03-10T10:16:00", "2026-03-10T10:20:00"],
  ["0 0,30 9-17 * * Mon-Fri", "2026-03-13T17:31:00", "2026-03-16T09:00:00"],
  ["0 30 9 * Jan,december 1", "2026-03-10T00:00:00", "2026-12-07T09:30:00"],
  ["0 0 0 1 * *", "2026-12-31T23:59:59", "2027-01-01T00:00:00"],
  ["0 0 0 29 2 *", "2026-03-01T00:00:00", "2028-02-29T00:00:00"],
  ["0 0 0 13 * Fri", "2026-03-14T00:00:00", "2026-11-13T00:00:00"],
  ["15 3 * * *", "2026-03-10T10:00:00", "2026-03-11T03:15:00"],
])("%s after %s is %s", (schedule, now, expected) => {
  expect(parseSchedule(schedule).next(at(now))).toEqual(at(expected));
});

test("a schedule that never comes has no next time", () => {
  expect(parseSchedule("0 0 0 31 2 *").next(at("2026-01-01T00:00:00"))).toBeUndefined();
});

test("a TimeSpan is a constant interval", () => {
  const schedule = parseSchedule("01:30:00");
  expect(schedule.next(at("2026-01-01T00:00:10"))).toEqual(at("2026-01-01T01:30:10"));
});

test.each([
  ["0 * * * * *", true],
  ["*/30 * * * * *", false],
  ["0,20 0 3 * * *", false],
  ["00:00:30", false],
  ["00:01:00", true],
])("%s is at least a minute apart: %s", (schedule, expected) => {
  expect(parseSchedule(schedule).atLeastAMinute).toBe(expected);
});

test.each([
  "",
  "* * * *",
  "60 * * * * *",
  "0 0 0 0 * *",
  "0 0 0 * 13 *",
  "0 0 0 * * 7",
  "0 0 0 L * *",
  "0 0 0 ? * *",
  "0 0 0 * * 5#2",
  "0 5-1 * * * *",
  "0 */0 * * * *",
  "0 0 0 * * Xyz",
  "00:00:00",
])("'%s' is refused", (schedule) => {
  expect(() => parseSchedule(schedule)).toThrow(/^the schedule '.*'/);
});
