import { checkNumber } from "../settings/checks.ts";
import type { AlertRule, AlertSettings } from "../../../functions/contracts/alerts.ts";

/** One number that a rule compares with. */
interface RuleField {
  name: string;
  label: string;
  least: number;
  most: number;
}

/** The numbers of each rule. The threshold of silence is set with the organization's settings. */
export const ruleFields: Record<AlertRule, RuleField[]> = {
  silence: [],
  errorRate: [
    { name: "percent", label: "Share of failed events within an hour, in percent", least: 1, most: 100 },
    { name: "events", label: "And at least so many failed events", least: 1, most: 100_000 },
  ],
  rejectionRate: [
    { name: "percent", label: "Share of refused requests within an hour, in percent", least: 1, most: 100 },
    { name: "requests", label: "And at least so many refused requests", least: 1, most: 100_000 },
  ],
  queueAge: [{ name: "minutes", label: "Minutes that the oldest event has waited", least: 1, most: 1440 }],
  keyExpiry: [{ name: "days", label: "Days before a key expires", least: 1, most: 90 }],
};

/** A rule's settings as a form holds them: its numbers by name, and whether it is watched. */
export type RuleDraft = Record<string, string> & { enabled: string };

/** The stored settings of a rule as the form shows them. */
export function toRuleDraft(settings: AlertSettings, rule: AlertRule): RuleDraft {
  const entries = Object.entries(settings[rule]).map(([name, value]) => [name, String(value)]);
  return { enabled: "true", ...Object.fromEntries(entries) } as RuleDraft;
}

/** What is wrong with the numbers of a rule, by name. A rule that is off is checked as well: it is stored. */
export function ruleFaults(rule: AlertRule, draft: RuleDraft): Record<string, string> {
  const faults = ruleFields[rule].map(({ name, least, most }) => [
    name,
    checkNumber(least, most)(draft[name] ?? ""),
  ]);
  return Object.fromEntries(faults.filter(([, fault]) => fault !== null)) as Record<string, string>;
}

/** All alert settings with one rule as the form has it. */
export function withRule(settings: AlertSettings, rule: AlertRule, draft: RuleDraft): AlertSettings {
  const numbers = ruleFields[rule].map(({ name }) => [name, Number(draft[name])]);
  return { ...settings, [rule]: { enabled: draft.enabled === "true", ...Object.fromEntries(numbers) } };
}
