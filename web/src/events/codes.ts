import { outcomeCatalogue } from "../../../functions/contracts/outcomes.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";

/** Whether events with a code can have an outcome; null stands for any. */
export function fits(code: OutcomeCode, outcome: Outcome | null): boolean {
  return outcome === null || outcomeCatalogue[code].outcome === outcome;
}

/** The codes of the catalogue that lead to an outcome, by title. */
export function codesOf(outcome: "error" | "skipped"): { code: OutcomeCode; title: string }[] {
  return Object.entries(outcomeCatalogue)
    .filter(([, entry]) => entry.outcome === outcome)
    .map(([code, { title }]) => ({ code: code as OutcomeCode, title }))
    .sort((a, b) => a.title.localeCompare(b.title));
}
