import { alertRule } from "../../contracts/alerts.ts";
import type { AlertRule, AlertStateName } from "../../contracts/alerts.ts";
import type { Finding } from "../figures.ts";

/** Findings of every rule: quiet, but for the states given. */
export function sampleFindings(
  states: Partial<Record<AlertRule, AlertStateName>> = {},
): Record<AlertRule, Finding> {
  const entries = alertRule.options.map((rule) => {
    const state = states[rule] ?? "quiet";
    return [
      rule,
      { state, headline: state, reason: `It is ${state}.`, inputs: [], remedy: null, path: "/portal" },
    ];
  });
  return Object.fromEntries(entries) as Record<AlertRule, Finding>;
}
