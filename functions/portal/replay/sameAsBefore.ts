import type { Outcome } from "../../contracts/common.ts";
import type { OutcomeCode } from "../../contracts/outcomes.ts";

interface Verdict {
  outcome: Outcome;
  code: OutcomeCode | null;
}

/** When a replay leaves an event as it stands, and the sentences that say so. */
export const sameAsBefore = {
  noPayload: "The payload of this event is no longer kept, so it cannot be replayed.",
  nothingNew: "The event did its work before, and its record has this or something later: nothing changes.",
  /**
   * An event that was compared with its record before, and now finds this or something later there, has nothing left
   * to say. It keeps its outcome: a success does not turn into a skip because the record has moved on since.
   */
  holds(before: Verdict | undefined, now: Verdict): boolean {
    if (!before) return false;
    return (before.outcome === "success" || wasCompared(before)) && wasCompared(now);
  },
};

function wasCompared({ outcome, code }: Verdict): boolean {
  return outcome === "skipped" && code !== null && code.startsWith("record.") && code !== "record.gone";
}
