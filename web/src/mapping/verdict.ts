import { mappingCodes } from "../../../functions/contracts/mapping.ts";
import { counted } from "../components/counted.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";
import type { ReplaySelection } from "../../../functions/contracts/replays.ts";

type Tried = MappingDryRun["events"];

/** The result of a trial in a sentence; of failed events alone it says how many are repaired. */
export function verdict(events: Tried): string {
  const tried = events.filter((event) => event.tried);
  const left = events.length - tried.length;
  const parts = [
    tried.length > 0 ? verdictOfTried(tried) : "",
    left > 0 ? `${counted(left, "event")} could not be tried.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

function verdictOfTried(events: Tried): string {
  const count = (outcome: string) => events.filter(({ outcomeNow }) => outcomeNow === outcome).length;
  const failed = events.filter(({ outcomeThen }) => outcomeThen === "error").length;
  const repaired = repairedOf(events).length;
  if (failed === events.length && count("skipped") === 0) return repairs(failed, repaired);
  const worse = events.filter(
    ({ outcomeThen, outcomeNow }) => outcomeNow === "error" && outcomeThen !== "error",
  ).length;
  const parts = [
    `${counted(events.length, "event")} tried: ${count("success")} can be taken, ${count("error")} would fail, ${count("skipped")} would be skipped.`,
    worse > 0 ? `${counted(worse, "event")} would fail that did not fail when received.` : "",
    repaired > 0 ? `${counted(repaired, "event")} that failed when received can be taken.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}

function repairs(failed: number, repaired: number): string {
  if (failed === 1)
    return repaired === 1 ? "The failed event can be taken now." : "The event would fail again.";
  if (repaired === failed)
    return `${failed === 2 ? "Both" : `All ${failed}`} failed events can be taken now.`;
  if (repaired === 0) return `None of the ${failed} failed events can be taken yet.`;
  return `${repaired} of ${failed} failed events can be taken now, ${failed - repaired} would fail again.`;
}

/** The failed events that a trial found can be taken, for a replay. */
export interface Repaired {
  /** Null when the selection reaches beyond the events that were tried. */
  count: number | null;
  selection: ReplaySelection;
}

/**
 * Which failed events are to be replayed once the draft is in force; null for none. Where more failed than were tried,
 * and those that can be taken failed by one code, all events with this code are meant.
 */
export function repairedEvents({ events, more }: MappingDryRun): Repaired | null {
  const repaired = repairedOf(events);
  const [first] = repaired;
  if (!first) return null;
  const code = mappingCodes.find((one) => one === first.codeThen);
  if (more && code && repaired.every(({ codeThen }) => codeThen === code))
    return { count: null, selection: { filter: { outcome: "error", code } } };
  return { count: repaired.length, selection: { eventIds: repaired.map(({ eventId }) => eventId) } };
}

function repairedOf(events: Tried): Tried {
  return events.filter(({ outcomeThen, outcomeNow }) => outcomeThen === "error" && outcomeNow === "success");
}
