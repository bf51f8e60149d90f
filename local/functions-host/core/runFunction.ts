import { setTimeout as delay } from "node:timers/promises";
import type { AppFunction } from "./appFunctions.ts";
import type { InvocationResponse, RetryContext } from "./coreTypes.ts";
import type { Invoker, TriggerInput } from "./invocation.ts";
import { describeError } from "./log.ts";
import type { Log } from "./log.ts";

/** What running a function that is not HTTP needs. */
export interface RunServices {
  invoker: Invoker;
  log: Log;
  sendOutputs: (appFunction: AppFunction, response: InvocationResponse) => Promise<void>;
}

/** The data of a trigger; the binding's name is added here. */
export type RunInput = Omit<TriggerInput, "bindingName" | "retryContext">;

/**
 * Runs a function with its retry policy and sends its outputs. Returns whether it succeeded in the end; a
 * failure is logged here. Every run has an invocation id of its own, as in the host.
 */
export async function runFunction(
  services: RunServices,
  appFunction: AppFunction,
  input: RunInput,
): Promise<boolean> {
  const { retry, name } = appFunction;
  let exception: RetryContext["exception"];
  for (let retryCount = 0; ; retryCount += 1) {
    const retryContext = retry && {
      retryCount,
      maxRetryCount: Number.isFinite(retry.maxRetryCount) ? retry.maxRetryCount : -1,
      ...(exception ? { exception } : {}),
    };
    try {
      await runOnce(services, appFunction, { ...input, ...(retryContext ? { retryContext } : {}) });
      return true;
    } catch (error) {
      services.log("error", `Executed 'Functions.${name}' (Failed): ${describeError(error)}`);
      if (!retry || retryCount >= retry.maxRetryCount) return false;
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      exception = { message, stackTrace: stack ?? "", source: name };
      await delay(retry.delayMs(retryCount + 1, Math.random()));
    }
  }
}

async function runOnce(
  services: RunServices,
  appFunction: AppFunction,
  input: Omit<TriggerInput, "bindingName">,
): Promise<void> {
  const { registration, triggerName, outputs } = appFunction;
  const outcome = await services.invoker.invoke(registration, { ...input, bindingName: triggerName });
  if (outcome.error !== undefined) throw outcome.error;
  const response = await outcome.model.getResponse(outcome.context, outcome.result);
  if (outputs.length > 0) await services.sendOutputs(appFunction, response);
}
