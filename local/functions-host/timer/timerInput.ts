import type { RunInput } from "../core/runFunction.ts";
import type { TimerTrigger } from "../core/triggers.ts";
import type { ScheduleMonitor } from "./scheduleStatus.ts";

const NEVER = "0001-01-01T00:00:00+00:00";

/** What a timer function gets; `ScheduleStatus` is null for a timer that is not monitored, as in the host. */
export function timerInput(
  functionName: string,
  trigger: TimerTrigger,
  monitor: ScheduleMonitor,
  isPastDue: boolean,
  now: Date,
): RunInput {
  const status = monitor.get(functionName);
  const scheduleStatus = {
    Last: status?.last ?? NEVER,
    Next: status?.next ?? trigger.schedule.next(now)?.toISOString() ?? NEVER,
    LastUpdated: status?.lastUpdated ?? NEVER,
  };
  const info = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: trigger.useMonitor ? scheduleStatus : null,
    IsPastDue: isPastDue,
  };
  return { data: { json: JSON.stringify(info) } };
}
