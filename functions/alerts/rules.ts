import { alertRule } from "../contracts/alerts.ts";
import type { AlertRule, AlertStateName } from "../contracts/alerts.ts";
import { dayMs, hourMs, toInstant, toInstantOrNull } from "../platform/clock.ts";
import type { Figures, Finding, Watched } from "./figures.ts";

/** What each rule is called. */
export const ruleTitles: Record<AlertRule, string> = {
  silence: "Silence",
  errorRate: "Error rate",
  rejectionRate: "Rejection rate",
  queueAge: "Waiting events",
  keyExpiry: "Key expiry",
};

type Counters = NonNullable<Figures["counters"]>;
/** Some rules need to know whether they fired when they last had their figures. */
type Check = (organization: Watched, figures: Figures, fired: boolean) => Finding;

/** A share that wavers around its limit is one alert: the rule recovers only below this percentage of its limits. */
const recoveryPercent = 80;

const checks: Record<AlertRule, Check> = {
  silence: whenActive(withCounters(silence, "/portal"), "/portal"),
  errorRate: whenActive(withCounters(errorRate, "/portal"), "/portal"),
  rejectionRate: withCounters(rejectionRate, "/rejections"),
  queueAge: whenActive(queueAge, "/portal"),
  keyExpiry,
};

/**
 * What every rule finds in these figures; `fired` names those that fired when they last had theirs. A rule whose figures
 * are missing finds `unknown`: that is no health.
 */
export function findingsOf(
  organization: Watched,
  figures: Figures,
  fired: ReadonlySet<AlertRule>,
): Record<AlertRule, Finding> {
  const found = alertRule.options.map((rule) => {
    const isOn = organization.alerts[rule].enabled;
    return [rule, isOn ? checks[rule](organization, figures, fired.has(rule)) : switchedOff] as const;
  });
  return Object.fromEntries(found) as Record<AlertRule, Finding>;
}

/** The states alone. */
export function statesOf(findings: Record<AlertRule, Finding>): Record<AlertRule, AlertStateName> {
  const states = alertRule.options.map((rule) => [rule, findings[rule].state]);
  return Object.fromEntries(states) as Record<AlertRule, AlertStateName>;
}

const switchedOff: Finding = {
  state: "off",
  headline: "the rule is switched off",
  reason: "The rule is switched off in the settings.",
  inputs: [],
  remedy: null,
  path: "/portal",
};

/** A paused organization's events wait on purpose. */
function whenActive(check: Check, path: string): Check {
  return (organization, figures, fired) =>
    organization.state === "active"
      ? check(organization, figures, fired)
      : {
          state: "quiet",
          headline: "the rule rests while the integration is paused",
          reason: "The integration is paused: the rule rests until it is resumed.",
          inputs: [{ name: "Integration", value: "paused" }],
          remedy: null,
          path,
        };
}

function withCounters(
  check: (organization: Watched, counters: Counters, at: number, fired: boolean) => Finding,
  path: string,
): Check {
  return (organization, { counters, at }, fired) =>
    counters
      ? check(organization, counters, at, fired)
      : missing("Storage did not answer, so nobody knows what arrived.", at, path);
}

function missing(reason: string, at: number, path: string): Finding {
  return {
    state: "unknown",
    headline: "the rule cannot be checked",
    reason,
    inputs: [{ name: "Tried at", value: toInstant(at) }],
    remedy: "If this does not pass by itself, tell the operator of Portal Sync.",
    path,
  };
}

function silence({ silenceHours }: Watched, counters: Counters, at: number): Finding {
  const { lastEventAt, silentSince } = counters;
  const path = "/portal";
  const threshold = { name: "Threshold", value: plural(silenceHours, "hour") };
  const lastEvent = { name: "Last event", value: toInstantOrNull(lastEventAt) ?? "never" };
  if (lastEventAt === null)
    return {
      state: "quiet",
      headline: "not connected yet",
      reason: "No event has ever arrived, so there is no silence to notice.",
      inputs: [lastEvent, threshold],
      remedy: null,
      path,
    };
  const wholeHours = Math.floor((at - lastEventAt) / hourMs);
  const hours = wholeHours < 1 ? "less than an hour" : plural(wholeHours, "hour");
  const reason = `The last event arrived ${hours} ago; the threshold is ${threshold.value}.`;
  if (silentSince === null)
    return {
      ...{ state: "quiet", headline: "events arrive again", reason },
      ...{ inputs: [lastEvent, threshold], remedy: null, path },
    };
  return {
    state: "firing",
    headline: `no event for ${hours}`,
    reason,
    inputs: [lastEvent, threshold, { name: "Silent since", value: toInstant(silentSince) }],
    remedy:
      "Changes in the Dynamics portal may not be reaching the app. Check that the webhook is enabled in Dynamics and look at its failed system jobs.",
    path,
  };
}

/** Counts events by the time they were received: running old events again is no news. */
function errorRate({ alerts }: Watched, { lastHour }: Counters, at: number, fired: boolean): Finding {
  const { percent, events } = alerts.errorRate;
  const { success, error, skipped, from } = lastHour;
  const total = success + error + skipped;
  const recovery = recoveryOf(percent, events, "failed event");
  const isFiring =
    (error >= events && error * 100 >= percent * total) || (fired && isAbove(recovery, error, total));
  const share = total === 0 ? "" : ` (${inPercent(error / total)})`;
  const window = new URLSearchParams({ outcome: "error", from: toInstant(from), to: toInstant(at) });
  return {
    state: isFiring ? "firing" : "quiet",
    headline: isFiring ? `${error} of ${plural(total, "event")} failed in an hour` : "events succeed again",
    reason: `${error} of ${plural(total, "event")}${share} of the last hour failed; the rule fires from ${plural(events, "failed event")} and ${percent} %, and recovers below ${recovery.text}.`,
    inputs: [
      { name: "Failed", value: String(error) },
      { name: "Succeeded", value: String(success) },
      { name: "Skipped", value: String(skipped) },
      { name: "From", value: toInstant(from) },
      { name: "To", value: toInstant(at) },
      { name: "Limit", value: `${percent} % and ${plural(events, "failed event")}` },
      { name: "Recovers below", value: recovery.text },
    ],
    remedy: isFiring ? "Open the failed events and follow what each of them advises." : null,
    path: `/portal?${window.toString()}`,
  };
}

function rejectionRate({ alerts }: Watched, counters: Counters, at: number, fired: boolean): Finding {
  const { percent, requests: least } = alerts.rejectionRate;
  const { lastHour, rejectionsLastHour: refused } = counters;
  const total = lastHour.success + lastHour.error + lastHour.skipped + refused;
  const recovery = recoveryOf(percent, least, "refused request");
  const isFiring =
    (refused >= least && refused * 100 > percent * total) || (fired && isAbove(recovery, refused, total));
  const share = total === 0 ? "" : ` (${inPercent(refused / total)})`;
  return {
    state: isFiring ? "firing" : "quiet",
    headline: isFiring
      ? `${refused} of ${plural(total, "request")} refused in an hour`
      : "requests are accepted again",
    reason: `${refused} of ${plural(total, "request")}${share} of the last hour ${refused === 1 ? "was" : "were"} refused; the rule fires from ${plural(least, "refused request")} and above ${percent} %, and recovers below ${recovery.text}.`,
    inputs: [
      { name: "Refused", value: String(refused) },
      { name: "Accepted and processed", value: String(total - refused) },
      { name: "From", value: toInstant(lastHour.from) },
      { name: "To", value: toInstant(at) },
      { name: "Limit", value: `above ${percent} % and ${plural(least, "refused request")}` },
      { name: "Recovers below", value: recovery.text },
    ],
    remedy: isFiring ? "Look at the rejections by reason: each says what to change in Dynamics." : null,
    path: "/rejections",
  };
}

/** Below which of its limits a rate that fired recovers: either of them is enough. */
interface Recovery {
  percent: number;
  count: number;
  text: string;
}

function recoveryOf(percent: number, count: number, thing: string): Recovery {
  const lower = {
    percent: (percent * recoveryPercent) / 100,
    count: Math.ceil((count * recoveryPercent) / 100),
  };
  return { ...lower, text: `${plural(lower.count, thing)} or ${inPercent(lower.percent / 100)}` };
}

function isAbove({ percent, count }: Recovery, bad: number, total: number): boolean {
  return bad >= count && bad * 100 >= percent * total;
}

function queueAge({ alerts }: Watched, { queue, at }: Figures): Finding {
  const path = "/portal";
  const { oldestSeconds, atMostSeconds } = queue;
  const { minutes } = alerts.queueAge;
  const isLate = (seconds: number | null) => seconds !== null && seconds >= minutes * 60;
  const isFiring = isLate(oldestSeconds);
  if (!isFiring && (atMostSeconds === null || isLate(atMostSeconds)))
    return missing(
      "The queue did not answer or is too long to be looked through, so nobody knows whether events wait.",
      at,
      path,
    );
  const limit = plural(minutes, "minute");
  const age = plural(Math.floor((oldestSeconds ?? 0) / 60), "minute");
  const wait = isFiring ? `The oldest event has been waiting for ${age}` : waitBelow(atMostSeconds ?? 0);
  return {
    state: isFiring ? "firing" : "quiet",
    headline: isFiring ? `events wait for ${age}` : "events are processed in time again",
    reason: `${wait}; the rule fires from ${limit}.`,
    inputs: [
      {
        name: "Oldest waiting event",
        value: oldestSeconds === null ? "none found" : toInstant(at - oldestSeconds * 1000),
      },
      { name: "Looked at", value: toInstant(at) },
      { name: "Limit", value: limit },
    ],
    remedy: isFiring
      ? "Nothing is lost. If the wait grows, tell the operator of Portal Sync: processing does not keep up or stands still."
      : null,
    path,
  };
}

/** What can be said while no event waits for longer than `seconds`. */
function waitBelow(seconds: number): string {
  return seconds === 0
    ? "No event is waiting"
    : `No event has been waiting for longer than ${plural(Math.ceil(seconds / 60), "minute")}`;
}

/** A key that has expired goes on firing until it is revoked: a recovery at the moment when it stops working would mislead. */
function keyExpiry({ alerts, keys }: Watched, { at }: Figures): Finding {
  const { days } = alerts.keyExpiry;
  const ending = keys
    .flatMap(({ name, expiresAt }) => (expiresAt === null ? [] : [{ name, expiresAt }]))
    .toSorted((a, b) => a.expiresAt - b.expiresAt);
  const due = ending.filter(({ expiresAt }) => expiresAt - at <= days * dayMs);
  const [first] = due;
  const limit = { name: "Limit", value: plural(days, "day") };
  const path = "/settings/keys";
  if (!first)
    return {
      state: "quiet",
      headline: "no webhook key is about to expire any more",
      reason: `No webhook key expires within ${plural(days, "day")}.`,
      inputs: [...ending.map(keyInput), limit],
      remedy: null,
      path,
    };
  const hasExpired = first.expiresAt <= at;
  const when = `${hasExpired ? "expired" : "expires"} on ${toInstant(first.expiresAt).slice(0, 10)}`;
  const rest = due.length - 1;
  const [one, many] = hasExpired ? ["is due", "are due"] : ["does", "do"];
  const others = rest === 0 ? "" : `, and ${rest} more ${rest === 1 ? one : many}`;
  return {
    state: "firing",
    headline: `webhook key “${first.name}” ${when}`,
    reason: `The webhook key “${first.name}” ${when}${others}; the rule fires from ${plural(days, "day")} before.`,
    inputs: [...due.map(keyInput), limit],
    remedy:
      "Create a new key, enter it in the service endpoint in Dynamics, and revoke the old one when nothing uses it any more. What is sent with an expired key is refused.",
    path,
  };
}

function keyInput({ name, expiresAt }: { name: string; expiresAt: number }): Finding["inputs"][number] {
  return { name: `Key “${name}”`, value: toInstant(expiresAt) };
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

function inPercent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
