import { fullRoute } from "../http/router.ts";
import type { FunctionLine } from "../protocol.ts";
import type { AppFunction } from "./appFunctions.ts";

/** One line of the table that is printed when the app is loaded. */
export function describeFunction(appFunction: AppFunction, routePrefix: string): FunctionLine {
  const { name, trigger, disabled } = appFunction;
  const note = disabled ? " (disabled)" : "";
  switch (trigger.type) {
    case "http":
      return {
        name,
        trigger: `[${trigger.methods.join(",")}] /${fullRoute(routePrefix, trigger.route)}${note}`,
      };
    case "serviceBus":
      return { name, trigger: `serviceBus ${trigger.entity.path}${trigger.many ? " (batches)" : ""}${note}` };
    case "timer":
      return { name, trigger: `timer ${trigger.schedule.text}${note}` };
  }
}
