import type { Health } from "../contracts/health.ts";
import type { OutcomeCounts } from "../contracts/common.ts";
import type { QueueAge } from "../contracts/portal.ts";
import { hourMs, toInstant } from "../platform/clock.ts";

/** What the verdict is made from. Times are milliseconds since 1970 UTC. */
export interface HealthInputs {
  now: number;
  state: "active" | "paused";
  silenceHours: number;
  lastEventAt: number | null;
  last24h: OutcomeCounts;
  rejections24h: number;
  queue: QueueAge;
}

const errorShare = 0.05;
const rejectionShare = 0.1;
const waitingSeconds = 300;

/** Whether an organization has been silent for longer than its threshold, and since when. One that never sent anything is not silent. */
export function silenceOf(inputs: Pick<HealthInputs, "now" | "lastEventAt" | "silenceHours">): {
  silent: boolean;
  since: number | null;
} {
  if (inputs.lastEventAt === null) return { silent: false, since: null };
  const since = inputs.lastEventAt + inputs.silenceHours * hourMs;
  return inputs.now > since ? { silent: true, since } : { silent: false, since: null };
}

/** The verdict on one organization, with the rule that made it: the first that holds, worst first. */
export function healthOf(inputs: HealthInputs): Health {
  const rules = [paused, neverConnected, silent, failing, waiting, refusing];
  for (const rule of rules) {
    const verdict = rule(inputs);
    if (verdict) return verdict;
  }
  return {
    state: "healthy",
    rule: `An event arrived within the last ${inHours(inputs.silenceHours)}, fewer than 5 % of the last 24 hours' events failed, and ${isWaitKnown(inputs) ? "none is waiting for long" : "whether any is waiting for long is not known at present"}.`,
    remedy: null,
    inputs: [lastEvent(inputs), ...counts(inputs.last24h)],
  };
}

function paused({ state }: HealthInputs): Health | null {
  if (state !== "paused") return null;
  return {
    state: "paused",
    rule: "An administrator paused the integration: events are kept and not processed.",
    remedy: "Resume the integration.",
    inputs: [],
  };
}

function neverConnected({ lastEventAt }: HealthInputs): Health | null {
  if (lastEventAt !== null) return null;
  return {
    state: "neverConnected",
    rule: "No event has ever arrived from this organization.",
    remedy:
      "Register the webhook in Dynamics with this organization's address and key, then change a record.",
    inputs: [{ name: "Last event", value: "never" }],
  };
}

function silent(inputs: HealthInputs): Health | null {
  const silence = silenceOf(inputs);
  if (!silence.silent || silence.since === null) return null;
  const hours = Math.floor((inputs.now - (inputs.lastEventAt ?? inputs.now)) / hourMs);
  return {
    state: "silent",
    rule: `No event for ${inHours(hours)}; the threshold is ${inHours(inputs.silenceHours)}.`,
    remedy:
      "Check in Dynamics that the webhook's steps are enabled and look at its failed system jobs. The next event turns it green.",
    inputs: [
      lastEvent(inputs),
      { name: "Threshold", value: inHours(inputs.silenceHours) },
      { name: "Silent since", value: toInstant(silence.since) },
    ],
  };
}

function failing({ last24h }: HealthInputs): Health | null {
  const total = last24h.success + last24h.error + last24h.skipped;
  if (last24h.error === 0 || last24h.error / total < errorShare) return null;
  return {
    state: "attention",
    rule: `${last24h.error} of ${total} events of the last 24 hours failed; 5 % is the limit.`,
    remedy: "Open the failed events and follow what each of them advises.",
    inputs: counts(last24h),
  };
}

function waiting({ queue: { oldestSeconds } }: HealthInputs): Health | null {
  if (oldestSeconds === null || oldestSeconds < waitingSeconds) return null;
  return {
    state: "attention",
    rule: `The oldest event has been waiting for ${Math.round(oldestSeconds / 60)} minutes; 5 minutes is the limit.`,
    remedy: "Nothing is lost. If the wait grows, tell the operator of Portal Sync.",
    inputs: [{ name: "Oldest waiting event", value: `${Math.round(oldestSeconds)} s` }],
  };
}

function isWaitKnown({ queue: { atMostSeconds } }: HealthInputs): boolean {
  return atMostSeconds !== null && atMostSeconds < waitingSeconds;
}

function refusing({ last24h, rejections24h }: HealthInputs): Health | null {
  const requests = last24h.success + last24h.error + last24h.skipped + rejections24h;
  if (rejections24h < 5 || rejections24h / requests < rejectionShare) return null;
  return {
    state: "attention",
    rule: `${rejections24h} of ${requests} requests of the last 24 hours were refused; 10 % is the limit.`,
    remedy: "Look at the reasons of the rejections: each says what to change in Dynamics.",
    inputs: [{ name: "Refused requests", value: String(rejections24h) }, ...counts(last24h)],
  };
}

function inHours(hours: number): string {
  return hours === 1 ? "1 hour" : `${hours} hours`;
}

function lastEvent({ lastEventAt }: HealthInputs): { name: string; value: string } {
  return { name: "Last event", value: lastEventAt === null ? "never" : toInstant(lastEventAt) };
}

function counts({ success, error, skipped }: OutcomeCounts): { name: string; value: string }[] {
  return [
    { name: "Succeeded in 24 h", value: String(success) },
    { name: "Failed in 24 h", value: String(error) },
    { name: "Skipped in 24 h", value: String(skipped) },
  ];
}
