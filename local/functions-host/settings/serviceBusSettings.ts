import type { Configuration } from "./configuration.ts";

/** `extensions.serviceBus` of host.json (extension 5.x), with its defaults. Times in milliseconds. */
export interface ServiceBusSettings {
  prefetchCount: number;
  autoCompleteMessages: boolean;
  /** Single messages and sessions only; a batch is never renewed. */
  maxAutoLockRenewalMs: number;
  maxConcurrentCalls: number;
  maxConcurrentSessions: number;
  maxConcurrentCallsPerSession: number;
  maxMessageBatchSize: number;
  minMessageBatchSize: number;
  maxBatchWaitMs: number;
  sessionIdleMs: number;
  /** How long one operation on the broker may take, also the wait for a free session. */
  tryTimeoutMs: number;
}

const SECTION = "extensions:serviceBus";
/** Where the 4.x extension kept the same settings; the real host still maps these. */
const LEGACY: Record<string, string[]> = {
  autoCompleteMessages: ["messageHandlerOptions:autoComplete", "sessionHandlerOptions:autoComplete"],
  maxConcurrentCalls: ["messageHandlerOptions:maxConcurrentCalls"],
  maxAutoLockRenewalDuration: [
    "messageHandlerOptions:maxAutoRenewDuration",
    "sessionHandlerOptions:maxAutoRenewDuration",
  ],
  maxConcurrentSessions: ["sessionHandlerOptions:maxConcurrentSessions"],
  sessionIdleTimeout: ["sessionHandlerOptions:messageWaitTime"],
  maxMessageBatchSize: ["batchOptions:maxMessageCount"],
};

/** Reads the section; reports what is out of range into the configuration's problems. */
export function readServiceBusSettings(configuration: Configuration, cores: number): ServiceBusSettings {
  type Reader<T> = (key: string) => T | undefined;
  function value<T>(name: string, read: Reader<T>): T | undefined {
    const found = [name, ...(LEGACY[name] ?? [])].map((key) => read(`${SECTION}:${key}`));
    return found.find((candidate) => candidate !== undefined);
  }
  const duration = (name: string) => value(name, configuration.duration);
  const atLeast = (name: string, min: number) => value(name, (key) => configuration.integer(key, { min }));

  refuse(configuration);
  const tryTimeoutMs = duration("clientRetryOptions:tryTimeout") ?? 60_000;
  const settings = {
    prefetchCount: atLeast("prefetchCount", 0) ?? 0,
    autoCompleteMessages: value("autoCompleteMessages", configuration.boolean) ?? true,
    maxAutoLockRenewalMs: duration("maxAutoLockRenewalDuration") ?? 5 * 60_000,
    maxConcurrentCalls: atLeast("maxConcurrentCalls", 1) ?? 16 * cores,
    maxConcurrentSessions: atLeast("maxConcurrentSessions", 1) ?? 8,
    maxConcurrentCallsPerSession: atLeast("maxConcurrentCallsPerSession", 1) ?? 1,
    maxMessageBatchSize: atLeast("maxMessageBatchSize", 1) ?? 1000,
    minMessageBatchSize: atLeast("minMessageBatchSize", 1) ?? 1,
    maxBatchWaitMs: duration("maxBatchWaitTime") ?? 30_000,
    sessionIdleMs: duration("sessionIdleTimeout") ?? tryTimeoutMs,
    tryTimeoutMs,
  };
  if (settings.minMessageBatchSize > settings.maxMessageBatchSize)
    configuration.problems.push(`${SECTION}:minMessageBatchSize is greater than maxMessageBatchSize.`);
  if (settings.maxBatchWaitMs > 150_000)
    configuration.problems.push(`${SECTION}:maxBatchWaitTime must be at most 00:02:30.`);
  if (settings.maxMessageBatchSize + settings.prefetchCount > 2048)
    configuration.problems.push(
      `${SECTION}: maxMessageBatchSize plus prefetchCount must be at most 2048, which is what the client ` +
        `library can hold unsettled on one link.`,
    );
  return settings;
}

/** Settings that would change what happens and are not built here; the retry timing of the client is our own. */
function refuse(configuration: Configuration): void {
  const transport = configuration.text(`${SECTION}:transportType`);
  if (transport !== undefined && transport.toLowerCase() !== "amqptcp")
    configuration.problems.push(`${SECTION}:transportType ${transport} is not supported by the local host.`);
  if (configuration.boolean(`${SECTION}:enableCrossEntityTransactions`))
    configuration.problems.push(
      `${SECTION}:enableCrossEntityTransactions is not supported by the local host.`,
    );
  for (const name of ["mode", "delay", "maxDelay", "maxRetries"])
    configuration.text(`${SECTION}:clientRetryOptions:${name}`);
}
