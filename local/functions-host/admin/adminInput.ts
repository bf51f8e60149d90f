import type { AppFunction } from "../core/appFunctions.ts";
import { runFunction } from "../core/runFunction.ts";
import type { RunInput, RunServices } from "../core/runFunction.ts";
import { timerInput } from "../timer/timerInput.ts";
import type { ScheduleMonitor } from "../timer/scheduleStatus.ts";

/** Runs a function as the admin API asks for it: a timer as if it were due, a queue function on this text. */
export async function runAdminInput(
  services: RunServices,
  monitor: ScheduleMonitor,
  now: () => Date,
  appFunction: AppFunction,
  text: string,
): Promise<void> {
  await runFunction(services, appFunction, inputFor(appFunction, monitor, now(), text));
}

function inputFor(
  { name, trigger }: AppFunction,
  monitor: ScheduleMonitor,
  now: Date,
  text: string,
): RunInput {
  if (trigger.type === "timer") return timerInput(name, trigger, monitor, false, now);
  const many = trigger.type === "serviceBus" && trigger.many;
  return { data: many ? { collectionString: { string: [text] } } : { string: text }, metadata: {} };
}
