import type { AlertStateName } from "../contracts/alerts.ts";

/** What a channel can be told of a rule. */
export type ToldState = "quiet" | "firing" | "unknown";

/** One rule of one organization as it is kept. Times are milliseconds since 1970 UTC. */
export interface RuleState {
  /** What the rule found when it last had its figures. */
  verdict: Exclude<AlertStateName, "unknown">;
  /** Since when; null before the first change. */
  since: number | null;
  /** Since when the figures are missing; null while they are there. */
  unknownSince: number | null;
  /** What the channel was last told. */
  told: ToldState;
  /** Who looks after this firing. */
  acknowledged: { by: string; at: number } | null;
  /** No card before this time. */
  mutedUntil: number | null;
  /** The channel knows of this firing, and is to be told once more when the muting has ended. */
  tellAgain: boolean;
  /** This firing began under a mute, while the channel takes the one before it for going on. */
  beganMuted: boolean;
}

/** Figures that are missing for less than this are no news: storage and queues have their moments. */
export const unknownPatienceMs = 10 * 60_000;

/** A rule that never was anything but quiet. */
export const newRule: RuleState = {
  verdict: "quiet",
  since: null,
  unknownSince: null,
  told: "quiet",
  acknowledged: null,
  mutedUntil: null,
  tellAgain: false,
  beganMuted: false,
};

/** The state that is shown. */
export function stateOf(rule: RuleState): AlertStateName {
  return rule.unknownSince === null ? rule.verdict : "unknown";
}

/** The rule after it was checked; the same object when nothing changed. A rule that was switched off has nothing to tell. */
export function noted(rule: RuleState, found: AlertStateName, now: number): RuleState {
  if (found === "unknown") return rule.unknownSince === null ? { ...rule, unknownSince: now } : rule;
  if (found === rule.verdict) return rule.unknownSince === null ? rule : { ...rule, unknownSince: null };
  return {
    ...rule,
    verdict: found,
    since: now,
    unknownSince: null,
    told: found === "off" ? "quiet" : rule.told,
    acknowledged: null,
    tellAgain: false,
    beganMuted: found === "firing" && rule.told === "firing" && isMuted(rule, now),
  };
}

/** What the channel is to be told now; null when it knows already, or is not to be told. */
export function toTell(rule: RuleState, now: number): ToldState | null {
  if (isMuted(rule, now) || rule.acknowledged) return null;
  if (rule.unknownSince !== null) {
    const lasts = now - rule.unknownSince >= unknownPatienceMs;
    return lasts && rule.told !== "unknown" ? "unknown" : null;
  }
  const state = rule.verdict === "firing" ? "firing" : "quiet";
  return state !== rule.told || rule.tellAgain || rule.beganMuted ? state : null;
}

/** The rule after the channel was told of a state. */
export function told(rule: RuleState, state: ToldState): RuleState {
  return { ...rule, told: state, tellAgain: false, beganMuted: false };
}

/** The rule after a person said that they look after its firing: they know, so the channel counts as told. */
export function acknowledged(rule: RuleState, by: string, now: number): RuleState {
  return { ...told(rule, "firing"), acknowledged: { by, at: now } };
}

/**
 * The rule after a person muted it until a time, or ended that with null. A firing that goes on when the time has
 * come is told then, also when the channel knew of it before; one that was muted by mistake is not told twice.
 */
export function muted(rule: RuleState, until: number | null): RuleState {
  const isToldFiring = rule.verdict === "firing" && rule.told === "firing" && !rule.acknowledged;
  return { ...rule, mutedUntil: until, tellAgain: until !== null && (rule.tellAgain || isToldFiring) };
}

/** Whether cards of the rule are held back. */
export function isMuted({ mutedUntil }: RuleState, now: number): boolean {
  return mutedUntil !== null && mutedUntil > now;
}
