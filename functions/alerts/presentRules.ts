import { alertRule } from "../contracts/alerts.ts";
import type { Alert, AlertRule } from "../contracts/alerts.ts";
import { toInstant, toInstantOrNull } from "../platform/clock.ts";
import { ruleIn } from "./book.ts";
import type { Book } from "./book.ts";
import type { Finding } from "./figures.ts";
import { maxCheckAgeMs } from "./lastCheck.ts";
import { isMuted, stateOf } from "./ruleState.ts";
import type { RuleState } from "./ruleState.ts";
import { ruleTitles } from "./rules.ts";

/**
 * The rules as they are shown: the findings of this moment, and what is kept of them. When the timer has not checked
 * the rules for long, none of them is known: they might be well, but nobody would be told when they are not.
 */
export function presentRules(
  findings: Record<AlertRule, Finding>,
  book: Book,
  lastCheckAt: number | null,
  now: number,
): Alert[] {
  const isWatched = lastCheckAt !== null && now - lastCheckAt <= maxCheckAgeMs;
  return alertRule.options.map((rule) => {
    const stored = ruleIn(book, rule);
    const found = findings[rule];
    const { state, reason, inputs, remedy } =
      isWatched || found.state === "off" ? found : unwatched(found, lastCheckAt);
    return {
      rule,
      title: ruleTitles[rule],
      state,
      since: toInstantOrNull(sinceOf(stored, state, lastCheckAt, now)),
      reason,
      inputs,
      remedy,
      acknowledged: stored.acknowledged && {
        by: stored.acknowledged.by,
        at: toInstant(stored.acknowledged.at),
      },
      mutedUntil: isMuted(stored, now) ? toInstantOrNull(stored.mutedUntil) : null,
      checkedAt: toInstantOrNull(lastCheckAt),
    };
  });
}

function unwatched(found: Finding, lastCheckAt: number | null): Finding {
  const last = toInstantOrNull(lastCheckAt);
  const checked = last === null ? "have never been checked" : `were last checked at ${last}`;
  return {
    ...found,
    state: "unknown",
    reason: `The rules should be checked every minute and ${checked}: nobody would be told of a change.`,
    inputs: [{ name: "Last check", value: last ?? "never" }, ...found.inputs],
    remedy: "Tell the operator of Portal Sync that the timer flagSilence does not run.",
  };
}

/** What the timer has not seen yet began a moment ago. */
function sinceOf(
  stored: RuleState,
  state: Alert["state"],
  lastCheckAt: number | null,
  now: number,
): number | null {
  if (stateOf(stored) === state) return stored.unknownSince ?? stored.since;
  return state === "unknown" && lastCheckAt !== null && now - lastCheckAt > maxCheckAgeMs ? lastCheckAt : now;
}
