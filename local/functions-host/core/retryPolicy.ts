import type { HostSettings, RetryDelays } from "../settings/hostJson.ts";
import type { RetryOptions } from "./coreTypes.ts";

/** How often a failed invocation is run again at once, and after what delay. */
export interface RetryPolicy {
  /** Runs after the first; Infinity for no end. */
  maxRetryCount: number;
  /** Milliseconds before retry number `retry` (1 is the first). `random` is in [0, 1). */
  delayMs: (retry: number, random: number) => number;
}

/**
 * The retry policy of a function, else that of host.json. Throws for an HTTP function with a policy of its
 * own: the host has none there, and pretending would hide that.
 */
export function readRetryPolicy(
  options: RetryOptions | undefined,
  host: HostSettings,
  triggerType: string,
): RetryPolicy | undefined {
  if (triggerType === "http") {
    if (options) throw new Error("retry policies are not supported for HTTP triggers.");
    return undefined;
  }
  if (!options) return host.retry && policy(host.retry.strategy, host.retry.maxRetryCount, host.retry.delays);
  const seconds = (interval: { seconds: number } | undefined, missing: number) =>
    interval ? interval.seconds * 1000 : missing;
  return policy(options.retryStrategy ?? "", options.maxRetryCount ?? 0, {
    delayMs: seconds(options.delayInterval, 0),
    minimumMs: seconds(options.minimumInterval, 0),
    maximumMs: seconds(options.maximumInterval, Number.POSITIVE_INFINITY),
  });
}

function policy(strategy: string, count: number, delays: RetryDelays): RetryPolicy {
  const maxRetryCount = count === -1 ? Number.POSITIVE_INFINITY : count;
  switch (strategy.toLowerCase()) {
    case "fixeddelay":
      return { maxRetryCount, delayMs: () => delays.delayMs };
    case "exponentialbackoff":
      return {
        maxRetryCount,
        delayMs(retry, random) {
          const doubled = delays.minimumMs * 2 ** (retry - 1) * (0.8 + 0.4 * random);
          return Math.min(Math.max(doubled, delays.minimumMs), delays.maximumMs);
        },
      };
    default:
      throw new Error(`retry strategy '${strategy}' is not known; it is fixedDelay or exponentialBackoff.`);
  }
}
