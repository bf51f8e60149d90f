import { randomUUID } from "node:crypto";
import type {
  CoreInvocationContext,
  InvocationModel,
  LogCategory,
  LogLevel,
  RetryContext,
  TypedData,
} from "./coreTypes.ts";
import type { Registration, Registry } from "./registry.ts";

/** What a trigger hands to a function. */
export interface TriggerInput {
  bindingName: string;
  data: TypedData;
  metadata?: Record<string, TypedData>;
  retryContext?: RetryContext;
}

/** How a handler ended, with the library's model at hand to turn the result into a response. */
export interface Outcome {
  model: InvocationModel;
  context: unknown;
  result: unknown;
  /** What the handler or a hook threw, as an Error; undefined when all went well. */
  error: Error | undefined;
}

/** The invocations under way, oldest first. */
interface RunningInvocation {
  functionName: string;
  startedAt: number;
}

/** Runs functions through the library's own invocation model, hooks included. */
export interface Invoker {
  /** Runs one invocation. Never rejects for what the app's handler or hooks throw: that is `outcome.error`. */
  invoke: (registration: Registration, input: TriggerInput, invocationId?: string) => Promise<Outcome>;
  running: Set<RunningInvocation>;
}

/** Where records of the log go, with the invocation they belong to. */
type InvocationLog = (level: LogLevel, category: LogCategory, message: string, functionName: string) => void;

const NO_TRACE = { traceParent: "", traceState: "", attributes: {} };

/**
 * The order of one invocation is that of the Node worker: arguments, preInvocation hooks (which may replace
 * inputs and handler), the handler, postInvocation hooks (which may replace result and error, and run after
 * a failure too). `monotonicNow` is in milliseconds and is not affected by a shifted clock.
 */
export function createInvoker(registry: Registry, log: InvocationLog, monotonicNow: () => number): Invoker {
  const appHookData = {};
  const running = new Set<RunningInvocation>();

  async function invoke(
    registration: Registration,
    input: TriggerInput,
    invocationId: string = randomUUID(),
  ): Promise<Outcome> {
    const { metadata } = registration;
    const hookData = {};
    const entry = { functionName: metadata.name, startedAt: monotonicNow() };
    running.add(entry);
    const core: CoreInvocationContext = {
      invocationId,
      metadata,
      request: {
        invocationId,
        functionId: metadata.functionId ?? metadata.name,
        inputData: [{ name: input.bindingName, data: input.data }],
        traceContext: NO_TRACE,
        ...(input.metadata ? { triggerMetadata: input.metadata } : {}),
        ...(input.retryContext ? { retryContext: input.retryContext } : {}),
      },
      log(level, category, message) {
        const record = { level, message, category, hookData, invocationContext };
        runLogHooks(registry, record);
        const changed = category === "user" ? record : { level, message };
        log(changed.level, category, changed.message, metadata.name);
      },
    };
    let invocationContext: unknown;
    try {
      const model = await registry.programmingModel!.getInvocationModel(core);
      const { context, inputs } = await model.getArguments();
      invocationContext = context;
      const hookContext = {
        functionCallback: registration.callback,
        inputs,
        hookData,
        appHookData,
        invocationContext: context,
        result: undefined as unknown,
        error: undefined as unknown,
      };
      try {
        core.state = "preInvocationHooks";
        for (const hook of registry.hooks.preInvocation) await hook(hookContext);
        core.state = "invocation";
        hookContext.result = await model.invokeFunction(
          context,
          hookContext.inputs,
          hookContext.functionCallback,
        );
      } catch (error) {
        hookContext.error = error ?? new Error(`The function threw ${String(error)}.`);
      }
      core.state = "postInvocationHooks";
      try {
        for (const hook of registry.hooks.postInvocation) await hook(hookContext);
      } catch (error) {
        hookContext.error = error;
      }
      return { model, context, result: hookContext.result, error: asError(hookContext.error) };
    } finally {
      running.delete(entry);
    }
  }

  return { invoke, running };
}

/** A log hook may change a user's record; one that throws is ignored, as in the worker. */
function runLogHooks(registry: Registry, record: Record<string, unknown>): void {
  for (const hook of registry.hooks.log) {
    try {
      hook(record);
    } catch {
      // The worker swallows this: a broken log hook must not break the function that logs.
    }
  }
}

/** JavaScript lets a handler throw anything; a post hook may have set the error to null to call it off. */
function asError(thrown: unknown): Error | undefined {
  if (thrown === undefined || thrown === null || thrown instanceof Error) return thrown ?? undefined;
  const text = typeof thrown === "string" ? thrown : JSON.stringify(thrown);
  return new Error(`The function threw something that is not an Error: ${text}`, { cause: thrown });
}
