import type { Outcome } from "../../../functions/contracts/common.ts";

/** The outcomes in the order in which they are shown. */
export const outcomes: readonly Outcome[] = ["success", "error", "skipped"];

/** The word for one event's outcome. */
export const outcomeLabel: Record<Outcome, string> = {
  success: "Success",
  error: "Error",
  skipped: "Skipped",
};

/** "1 error", "12 skipped events": a count that can stand in a sentence. */
export function countOf(outcome: Outcome, count: number): string {
  const number = count.toLocaleString("en");
  const plural = count === 1 ? "" : "s";
  if (outcome === "error") return `${number} error${plural}`;
  return `${number} ${outcome === "success" ? "successful" : "skipped"} event${plural}`;
}
