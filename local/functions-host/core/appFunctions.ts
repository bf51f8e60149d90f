import type { HostSettings } from "../settings/hostJson.ts";
import { startErrorOf } from "../startError.ts";
import type { Binding } from "./coreTypes.ts";
import type { Registration, Registry } from "./registry.ts";
import { readOutputs } from "./outputs.ts";
import type { Output } from "./outputs.ts";
import { readRetryPolicy } from "./retryPolicy.ts";
import type { RetryPolicy } from "./retryPolicy.ts";
import { readTrigger } from "./triggers.ts";
import type { Trigger } from "./triggers.ts";

/** A function of the app, checked and with all settings resolved: ready to be run. */
export interface AppFunction {
  name: string;
  registration: Registration;
  /** The name of the trigger binding, which the library needs back with each invocation. */
  triggerName: string;
  trigger: Trigger;
  outputs: Output[];
  retry: RetryPolicy | undefined;
  disabled: boolean;
}

const NAME = /^[a-z][a-z0-9_-]{0,127}$/i;

/**
 * Turns what the app registered into functions, sorted by name as the host sorts them. Throws a StartError
 * that names every trigger, binding or option that this host does not support: it never pretends.
 */
export function readFunctions(
  registry: Registry,
  host: HostSettings,
  environment: NodeJS.ProcessEnv,
): AppFunction[] {
  const problems: string[] = [];
  const functions: AppFunction[] = [];
  for (const registration of registry.functions.values()) {
    const { name } = registration.metadata;
    try {
      functions.push(readFunction(registration, host, environment));
    } catch (error) {
      problems.push(`Function ${name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw startErrorOf(problems);
  return functions.sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
}

function readFunction(
  registration: Registration,
  host: HostSettings,
  environment: NodeJS.ProcessEnv,
): AppFunction {
  const { name, bindings, retryOptions } = registration.metadata;
  if (!NAME.test(name) || name.toLowerCase() === "host")
    throw new Error(
      `the name is not allowed; it must start with a letter and hold only letters, digits, _ and -.`,
    );
  const triggers = Object.entries(bindings).filter(([, binding]) => isTrigger(binding));
  if (triggers.length !== 1) throw new Error("it must have exactly one trigger.");
  const [triggerName, binding] = triggers[0]!;
  const trigger = readTrigger(name, binding, { host, environment });
  return {
    name,
    registration,
    triggerName,
    trigger,
    outputs: readOutputs(bindings, triggerName, environment),
    retry: readRetryPolicy(retryOptions, host, trigger.type),
    disabled: isDisabled(name, host, environment),
  };
}

function isTrigger(binding: Binding): boolean {
  return /trigger$/i.test(binding.type);
}

function isDisabled(name: string, host: HostSettings, environment: NodeJS.ProcessEnv): boolean {
  if (host.functions && !host.functions.has(name.toLowerCase())) return true;
  const value = environment[`AzureWebJobs.${name}.Disabled`] ?? environment[`AzureWebJobs_${name}_Disabled`];
  return value === "1" || value?.toLowerCase() === "true";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
