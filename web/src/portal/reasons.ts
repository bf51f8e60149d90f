import { waitOf } from "../components/wait.ts";
import { duration } from "../time/format.ts";
import { periods as allPeriods } from "../time/periods.ts";
import type { Reason } from "../components/Why.tsx";
import type { PortalStatus, QueueAge } from "../../../functions/contracts/portal.ts";

const hour = 3_600_000;
/** From here on a waiting event makes the organization's health "needs attention", in seconds. */
const longestWait = 300;

/** Why "Last successful sync" says what it says. */
export function lastSuccessReason({ lastSuccessAt, lastSuccessEventId }: PortalStatus): Reason {
  return {
    title: "Last successful sync",
    rule: "The time at which an event was last processed with the outcome success, be it new or replayed.",
    inputs: [
      { name: "Processed", value: lastSuccessAt ?? "never" },
      { name: "Event", value: lastSuccessEventId ?? "none" },
    ],
    remedy: lastSuccessAt ? null : "A change in Dynamics that arrives and is carried over.",
  };
}

/** Why "Last event" says what it says, and when it turns into silence. */
export function lastEventReason({ lastEventAt, silence }: PortalStatus): Reason {
  const { thresholdHours, silent } = silence;
  const hours = `${thresholdHours} hour${thresholdHours === 1 ? "" : "s"}`;
  const silentAt = lastEventAt && new Date(Date.parse(lastEventAt) + thresholdHours * hour).toISOString();
  return {
    title: silent ? "Silent" : "Last event",
    rule: `The time at which the newest event of any outcome was received. Without an event for ${hours} the integration counts as silent.`,
    inputs: [
      { name: "Received", value: lastEventAt ?? "never" },
      { name: "Threshold", value: hours },
      ...(silentAt ? [{ name: silent ? "Silent since" : "Silent from", value: silentAt }] : []),
    ],
    remedy: silent || !lastEventAt ? "Any event: change a record in Dynamics." : null,
  };
}

/** Why "Oldest waiting event" says what it says. */
export function waitingReason({ queue, asOf }: PortalStatus): Reason {
  return {
    title: "Oldest waiting event",
    rule: `The age of the oldest event that was accepted and is not processed yet. From ${duration(longestWait)} on the integration needs attention.`,
    inputs: [
      { name: "Waiting for", value: waitOf(queue) ?? "none waits" },
      { name: "Threshold", value: duration(longestWait) },
      { name: "Read", value: asOf },
    ],
    remedy: waitRemedy(queue),
  };
}

function waitRemedy({ oldestSeconds, atMostSeconds }: QueueAge): string | null {
  if (oldestSeconds !== null && oldestSeconds >= longestWait)
    return "Waiting events are processed by themselves. If the age grows, tell the operator.";
  if (atMostSeconds === null)
    return "The queue did not answer, or only later attempts were found in it. It is asked again; if it goes on like this, tell the operator.";
  if (atMostSeconds >= longestWait)
    return "The queue is too long to be looked through. It is worked off by itself; if the age grows, tell the operator.";
  return null;
}

/** How the counts come about, and since when each of them counts. */
export function countsReason(periods: PortalStatus["periods"]): Reason {
  const failed = periods.find(({ period }) => period === "24h")?.error ?? 0;
  return {
    title: "How events are counted",
    rule: "Each event counts once, by the time it was received and its present outcome. The last hour is counted in steps of five minutes; the longer periods are rounded to full hours and end with the current one. A number opens exactly the events that it counts.",
    inputs: allPeriods.flatMap(({ period, label }) => {
      const from = periods.find((entry) => entry.period === period)?.from;
      return from ? [{ name: `${label}: since`, value: from }] : [];
    }),
    remedy:
      failed > 0
        ? "Open the errors, do what each of them advises, and replay them: they then count as successful."
        : null,
  };
}
