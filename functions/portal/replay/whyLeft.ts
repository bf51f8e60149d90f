import type { Outcome } from "../../contracts/common.ts";
import type { OutcomeCode } from "../../contracts/outcomes.ts";
import type { FieldChange } from "../../contracts/portal.ts";
import { keptChanges } from "../../sync-log/eventRow.ts";

interface Verdict {
  outcome: Outcome;
  code: OutcomeCode | null;
  changes: readonly FieldChange[];
}

const noPayload = "The payload of this event is no longer kept, so it cannot be replayed.";
const nothingNew =
  "The event did its work before, and its record has this or something later: nothing changes.";

/**
 * Why a replay leaves an event as it stands, as a sentence; null when what it came to now is to be recorded. An event
 * that was compared with its record before, and now finds its own change or something later there, has nothing left to
 * say. It keeps its outcome: a success does not turn into a skip because the record has moved on since.
 */
export function whyLeft(before: Verdict, now: Verdict): string | null {
  // A held event was never run, so what it lacks is not known yet.
  if (now.code === "payload.lost" && before.code !== "integration.paused") return noPayload;
  if (before.outcome !== "success" && !wasCompared(before)) return null;
  return wasCompared(now) || saysAgain(before, now) ? nothingNew : null;
}

function wasCompared({ outcome, code }: Verdict): boolean {
  return outcome === "skipped" && code !== null && code.startsWith("record.") && code !== "record.gone";
}

/** Whether both are successes, and the second one names no change that the first did not. */
function saysAgain(before: Verdict, now: Verdict): boolean {
  if (before.outcome !== "success" || now.outcome !== "success") return false;
  const said = new Set(before.changes.map((change) => JSON.stringify(change)));
  return keptChanges(now.changes).every((change) => said.has(JSON.stringify(change)));
}
