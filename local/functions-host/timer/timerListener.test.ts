import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseSchedule } from "./schedule.ts";
import { createScheduleMonitor } from "./scheduleStatus.ts";
import type { ScheduleMonitor } from "./scheduleStatus.ts";
import { listenToTimer } from "./timerListener.ts";

let runs: { at: string; isPastDue: boolean }[];
beforeEach(() => {
  runs = [];
  vi.useFakeTimers({ now: new Date("2026-03-10T10:00:30") });
});
afterEach(() => void vi.useRealTimers());

function listen(
  options: { schedule?: string; runOnStartup?: boolean; monitor?: ScheduleMonitor; runMs?: number } = {},
) {
  return listenToTimer({
    functionName: "tick",
    trigger: {
      type: "timer",
      schedule: parseSchedule(options.schedule ?? "0 * * * * *"),
      runOnStartup: options.runOnStartup ?? false,
      useMonitor: true,
    },
    monitor: options.monitor ?? createScheduleMonitor(undefined),
    now: () => new Date(),
    async run(isPastDue) {
      runs.push({ at: new Date().toTimeString().slice(0, 8), isPastDue });
      await new Promise((resolve) => setTimeout(resolve, options.runMs ?? 0));
    },
  });
}

const ranAt = () => runs.map(({ at }) => at);

test("a timer runs when it is due, again and again", async () => {
  listen();
  await vi.advanceTimersByTimeAsync(95_000);
  expect(ranAt()).toEqual(["10:01:00", "10:02:00"]);
});

test("a run that takes longer than its interval is not overlapped; the next one is computed at its end", async () => {
  listen({ runMs: 90_000 });
  await vi.advanceTimersByTimeAsync(300_000);
  expect(ranAt()).toEqual(["10:01:00", "10:03:00", "10:05:00"]);
});

test("runOnStartup runs at once and then on schedule", async () => {
  listen({ runOnStartup: true });
  await vi.advanceTimersByTimeAsync(31_000);
  expect(ranAt()).toEqual(["10:00:30", "10:01:00"]);
});

test("a due time further away than a timer of Node can hold is met", async () => {
  listen({ schedule: "0 0 0 1 6 *" });
  await vi.advanceTimersByTimeAsync(100 * 86_400_000);
  expect(ranAt()).toEqual(["00:00:00"]);
});

test("a shifted clock takes effect at once when the timer is rescheduled", async () => {
  const timer = listen();
  await vi.advanceTimersByTimeAsync(1000);
  vi.setSystemTime(new Date("2026-03-11T10:00:55"));
  timer.reschedule();
  await vi.advanceTimersByTimeAsync(5000);
  expect(ranAt()).toEqual(["10:01:00"]);
});

test("what was missed while the app was down is made up for once, past due, from the state directory", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "timers-"));
  const first = listen({ monitor: createScheduleMonitor(directory) });
  await vi.advanceTimersByTimeAsync(31_000);
  await first.stop();
  vi.setSystemTime(new Date("2026-03-10T12:00:10"));
  listen({ monitor: createScheduleMonitor(directory) });
  await vi.advanceTimersByTimeAsync(55_000);
  expect(runs).toEqual([
    { at: "10:01:00", isPastDue: false },
    { at: "12:00:10", isPastDue: true },
    { at: "12:01:00", isPastDue: false },
  ]);
  rmSync(directory, { recursive: true });
});
