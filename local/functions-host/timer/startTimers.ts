import type { AppFunction } from "../core/appFunctions.ts";
import { runFunction } from "../core/runFunction.ts";
import type { RunServices } from "../core/runFunction.ts";
import type { ScheduleMonitor } from "./scheduleStatus.ts";
import { timerInput } from "./timerInput.ts";
import { listenToTimer } from "./timerListener.ts";
import type { TimerListener } from "./timerListener.ts";

/** Puts every timer function that is not disabled on its schedule. */
export function startTimers(
  functions: AppFunction[],
  services: RunServices,
  monitor: ScheduleMonitor,
  now: () => Date,
): TimerListener[] {
  return functions.flatMap((appFunction) => {
    const { name, trigger, disabled } = appFunction;
    if (trigger.type !== "timer" || disabled) return [];
    return listenToTimer({
      functionName: name,
      trigger,
      monitor,
      now,
      async run(isPastDue) {
        await runFunction(services, appFunction, timerInput(name, trigger, monitor, isPastDue, now()));
      },
    });
  });
}
