import path from "node:path";
import { readCapabilities } from "../http/streamMode.ts";
import type { StreamServer } from "../http/streamMode.ts";
import { readHostSettings } from "../settings/hostJson.ts";
import type { HostSettings } from "../settings/hostJson.ts";
import { StartError } from "../startError.ts";
import { readFunctions } from "./appFunctions.ts";
import type { AppFunction } from "./appFunctions.ts";
import type { LogCategory, LogLevel } from "./coreTypes.ts";
import { createInvoker } from "./invocation.ts";
import type { Invoker } from "./invocation.ts";
import { loadApp } from "./loadApp.ts";
import { isLogged } from "./log.ts";
import type { Log } from "./log.ts";
import { installModuleHooks } from "./moduleHooks.ts";
import { createCoreApi, createRegistry } from "./registry.ts";

/** The version of the real host that this one follows. */
export const HOST_VERSION = "4.1037.0";

/** The app, loaded and checked, but not at work yet. */
export interface LoadedApp {
  host: HostSettings;
  functions: AppFunction[];
  invoker: Invoker;
  /** Where requests go in the stream mode; undefined in the buffered mode. */
  streamServer: StreamServer | undefined;
  capabilities: Record<string, string>;
  /** Runs the app's appTerminate hooks. */
  terminate: () => Promise<void>;
}

/**
 * Loads the app in the order of the real worker: entry files, appStart hooks, capabilities, functions.
 * `AppDate` is the `Date` of the app's own modules. Every file of the app that is read goes into `files`, also when loading fails: a StartError then, or
 * whatever the app threw.
 */
export async function loadFunctions(
  appDirectory: string,
  files: Set<string>,
  log: Log,
  AppDate: DateConstructor,
): Promise<LoadedApp> {
  for (const name of ["host.json", "package.json"]) files.add(path.join(appDirectory, name));
  const host = readHostSettings(appDirectory, process.env);
  const registry = createRegistry();
  const logInvocation = (level: LogLevel, category: LogCategory, message: string, functionName: string) => {
    if (isLogged(host.logLevels, functionName, category, level)) log(level, message);
  };
  const logSystem = (level: LogLevel, category: LogCategory, message: string) =>
    logInvocation(level, category, message, "");
  const coreApi = createCoreApi(registry, HOST_VERSION, logSystem);
  installModuleHooks({ coreApi, Date: AppDate }, files);
  process.chdir(appDirectory);
  await loadApp(appDirectory);
  const model = registry.programmingModel;
  if (!model || registry.functions.size === 0)
    throw new StartError(
      `No job functions found: the entry files in ${appDirectory} loaded, but none registered a function ` +
        `with app.http(), app.serviceBusQueue(), app.timer() and the like.`,
    );
  const appHookData = {};
  for (const hook of registry.hooks.appStart) await hook({ hookData: appHookData, appHookData });
  const { capabilities, streamServer } = await readCapabilities(model);
  registry.locked = true;
  return {
    host,
    capabilities,
    streamServer,
    functions: readFunctions(registry, host, process.env),
    invoker: createInvoker(registry, logInvocation, () => performance.now()),
    async terminate() {
      for (const hook of registry.hooks.appTerminate) await hook({ hookData: appHookData, appHookData });
    },
  };
}
