import { availableParallelism } from "node:os";
import path from "node:path";
import { isLogLevel } from "../core/log.ts";
import { ALIVE_MS } from "../protocol.ts";
import { StartError, startErrorOf } from "../startError.ts";
import { createConfiguration } from "./configuration.ts";
import type { Configuration } from "./configuration.ts";
import { readJsonFile } from "./jsonFile.ts";
import { readServiceBusSettings } from "./serviceBusSettings.ts";
import type { ServiceBusSettings } from "./serviceBusSettings.ts";

/** The settings of host.json that this host honours; all others are refused. */
export interface HostSettings {
  /** Longest run of an invocation in milliseconds; Infinity for none. */
  functionTimeoutMs: number;
  /** The functions to run; undefined for all of them. */
  functions: Set<string> | undefined;
  http: HttpSettings;
  serviceBus: ServiceBusSettings;
  retry: { maxRetryCount: number; strategy: string; delays: RetryDelays } | undefined;
  /** Log levels by category, the longest matching prefix wins. */
  logLevels: Map<string, string>;
}

/** Retry delays in milliseconds. */
export interface RetryDelays {
  delayMs: number;
  minimumMs: number;
  maximumMs: number;
}

export interface HttpSettings {
  /** Without slashes at the ends; empty for none. */
  routePrefix: string;
  /** Requests held at most; -1 for no limit. More are answered 429. */
  maxOutstandingRequests: number;
  /** Requests run at the same time; -1 for no limit. More wait. */
  maxConcurrentRequests: number;
  /** Headers put on every response. */
  customHeaders: Map<string, string>;
}

/** Sections that change nothing in a local run: telemetry, tooling, scaling. */
const WITHOUT_EFFECT = [
  "logging",
  "extensionBundle",
  "aggregator",
  "healthMonitor",
  "telemetryMode",
  "watchDirectories",
  "watchFiles",
  "managedDependency",
  "singleton",
  "concurrency:snapshotPersistenceEnabled",
];

/**
 * Reads `host.json` of the app with `AzureFunctionsJobHost__…` from the environment on top. Throws a
 * StartError that lists every setting that is wrong or that this host would have to pretend to honour.
 */
export function readHostSettings(appDirectory: string, environment: NodeJS.ProcessEnv): HostSettings {
  const file = path.join(appDirectory, "host.json");
  const content = readJsonFile(file);
  if (!content)
    throw new StartError(`${file} is missing. A Functions app needs one; the least is {"version": "2.0"}.`);
  const configuration = createConfiguration(content, environment, "AzureFunctionsJobHost");
  const version = configuration.text("version");
  if (version !== "2.0") configuration.problems.push(`version is ${version ?? "missing"}; it must be "2.0".`);
  const logLevels = readLogLevels(configuration);
  for (const section of WITHOUT_EFFECT) configuration.section(section);
  const functions = configuration.section("functions");
  const settings: HostSettings = {
    functionTimeoutMs: readFunctionTimeout(configuration),
    functions:
      functions.size > 0 ? new Set([...functions.values()].map((name) => name.toLowerCase())) : undefined,
    http: readHttpSettings(configuration),
    serviceBus: readServiceBusSettings(configuration, availableParallelism()),
    retry: readRetry(configuration),
    logLevels,
  };
  const problems = [
    ...configuration.problems,
    ...configuration
      .unread()
      .map((key) => `${key} is not supported by the local host. Remove it, or run with Core Tools.`),
  ];
  if (problems.length > 0) throw startErrorOf(problems.map((problem) => `${file}: ${problem}`));
  return settings;
}

function readLogLevels(configuration: Configuration): Map<string, string> {
  const logLevels = configuration.section("logging:logLevel");
  for (const [category, level] of logLevels) {
    if (isLogLevel(level)) continue;
    const levels = "Trace, Debug, Information, Warning, Error, Critical or None";
    configuration.problems.push(`logging:logLevel:${category} is "${level}"; it must be ${levels}.`);
  }
  return logLevels;
}

function readFunctionTimeout(configuration: Configuration): number {
  const timeoutMs = configuration.duration("functionTimeout") ?? 30 * 60_000;
  if (timeoutMs < ALIVE_MS)
    configuration.problems.push(
      `functionTimeout must be at least ${ALIVE_MS / 1000} second: that is how often it is checked.`,
    );
  return timeoutMs;
}

function readHttpSettings(configuration: Configuration): HttpSettings {
  const key = "extensions:http";
  for (const off of ["dynamicThrottlesEnabled", "hsts:isEnabled"]) {
    if (configuration.boolean(`${key}:${off}`))
      configuration.problems.push(`${key}:${off} is not supported by the local host.`);
  }
  configuration.section(`${key}:hsts`);
  return {
    routePrefix: (configuration.text(`${key}:routePrefix`) ?? "api").replace(/^\/+|\/+$/g, ""),
    maxOutstandingRequests: configuration.integer(`${key}:maxOutstandingRequests`, { min: -1 }) ?? -1,
    maxConcurrentRequests: configuration.integer(`${key}:maxConcurrentRequests`, { min: -1 }) ?? -1,
    customHeaders: configuration.section(`${key}:customHeaders`),
  };
}

function readRetry(configuration: Configuration): HostSettings["retry"] {
  const strategy = configuration.text("retry:strategy");
  const maxRetryCount = configuration.integer("retry:maxRetryCount", { min: -1 });
  const delays = {
    delayMs: configuration.duration("retry:delayInterval") ?? 0,
    minimumMs: configuration.duration("retry:minimumInterval") ?? 0,
    maximumMs: configuration.duration("retry:maximumInterval") ?? Number.POSITIVE_INFINITY,
  };
  if (strategy === undefined) return undefined;
  return { strategy, maxRetryCount: maxRetryCount ?? 0, delays };
}
