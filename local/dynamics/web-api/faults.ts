import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { ODataError } from "./errors.ts";

/** A disturbance of the next Web API requests: a refusal, a slow answer, or both. */
export const faultSchema = z.strictObject({
  /** The status to answer with; left out, the request is served after the delay. */
  status: z.number().int().min(400).max(599).optional(),
  /** How many requests it hits. */
  count: z.number().int().min(1).max(1_000_000).default(1),
  /** Sent with 429 and 503, in seconds. */
  retryAfterSeconds: z.number().int().min(0).optional(),
  delayMilliseconds: z.number().int().min(0).max(600_000).default(0),
});

/** See {@link faultSchema}. */
export type Fault = z.input<typeof faultSchema>;

/** The disturbances that wait for requests. */
export type Faults = {
  inject: (fault: Fault) => void;
  clear: () => void;
  /** Applies the next disturbance, if there is one: waits, and throws the refusal. */
  strike: () => Promise<void>;
};

/** Starts without disturbances. */
export function createFaults(): Faults {
  const waiting: z.output<typeof faultSchema>[] = [];
  return {
    inject: (fault) => void waiting.push(faultSchema.parse(fault)),
    clear: () => void waiting.splice(0),
    strike: async () => {
      const fault = waiting[0];
      if (!fault) return;
      fault.count -= 1;
      if (fault.count === 0) waiting.shift();
      await delay(fault.delayMilliseconds);
      if (fault.status !== undefined) throw refusal(fault.status, fault.retryAfterSeconds);
    },
  };
}

/** The words of the service protection limits, which are what clients of Dataverse meet most. */
function refusal(status: number, retryAfterSeconds: number | undefined): ODataError {
  const seconds = retryAfterSeconds ?? (status === 429 ? 5 : undefined);
  const headers: Record<string, string> = seconds === undefined ? {} : { "retry-after": String(seconds) };
  if (status !== 429) return new ODataError(status, "", "The service is temporarily unavailable.", headers);
  const message = "Number of requests exceeded the limit of 6000 over time window of 300 seconds.";
  return new ODataError(429, "0x80072322", message, {
    ...headers,
    "x-ms-ratelimit-burst-remaining-xrm-requests": "0",
  });
}
