import { outcomeCatalogue } from "../../../functions/contracts/outcomes.ts";
import { counted } from "../components/counted.ts";
import { eventTypeTitle } from "../components/eventTypeTitle.ts";
import { outcomeLabel } from "../components/outcomes.ts";
import { shortRange, shortTime } from "../time/format.ts";
import type { EventFilter } from "../../../functions/contracts/portal.ts";
import type {
  Replay,
  ReplayEstimate,
  ReplayPreview,
  ReplaySelection,
} from "../../../functions/contracts/replays.ts";

/** How many events an estimate found. */
export function estimatedCount({ events, complete }: ReplayEstimate): string {
  return complete ? counted(events, "event") : `More than ${counted(events, "event")}`;
}

/** Whether a replay still changes. */
export function isRunning({ state }: Replay): boolean {
  return state === "collecting" || state === "running" || state === "stopping";
}

/** The words for how a replay stands. */
export const stateLabel: Record<Replay["state"], string> = {
  collecting: "Finding the events",
  running: "Running",
  stopping: "Stopping",
  stopped: "Stopped",
  done: "Done",
};

/** Whether a person can stop a replay. A resumption would begin again within a minute: for it there is the pause. */
export function canBeStopped(replay: Replay): boolean {
  return isRunning(replay) && replay.kind === "replay";
}

/** Why a replay that was stopped has ended, and what that means. */
export function stoppedSentence({ kind, reason }: Pick<Replay, "kind" | "reason">): string {
  if (reason === "paused") return "It ended because the integration was paused. What it did stays.";
  if (reason === null) return "It was stopped. What it did stays.";
  const begin = "It ended because one of its steps failed several times. What it did stays.";
  return kind === "resume"
    ? `${begin} What is still held is processed by itself.`
    : `${begin} Start it again later; if it ends like this again, tell the operator of the platform.`;
}

/** Which events a replay was for, in words. */
export function selectionLabel(selection: ReplaySelection): string {
  if ("eventIds" in selection) return `A selection of ${counted(selection.eventIds.length, "event")}`;
  const conditions = filterWords(selection.filter);
  return conditions.length === 0 ? "All events" : `Events with ${conditions.join(", ")}`;
}

function filterWords({ outcome, code, type, recordId, q, from, to }: EventFilter): string[] {
  const words: string[] = [];
  if (outcome) words.push(`outcome ${outcomeLabel[outcome].toLowerCase()}`);
  if (code) words.push(`code “${outcomeCatalogue[code].title}”`);
  if (type) words.push(`type ${eventTypeTitle(type)}`);
  if (recordId) words.push(`record ${recordId}`);
  if (q) words.push(`“${q}”`);
  if (from && to) words.push(`time ${shortRange(Date.parse(from), Date.parse(to))}`);
  else if (from) words.push(`time since ${shortTime(Date.parse(from))}`);
  else if (to) words.push(`time until ${shortTime(Date.parse(to))}`);
  return words;
}

/** What the sample of an estimate comes to: how many events each result would have, the most frequent first. */
export function sampleResults(sample: ReplayPreview[]): { key: string; title: string; count: number }[] {
  const groups = Map.groupBy(sample, ({ after, code }) => code ?? after);
  return [...groups]
    .map(([key, events]) => ({ key, title: resultTitle(events[0]), count: events.length }))
    .sort((a, b) => b.count - a.count);
}

function resultTitle(preview: ReplayPreview | undefined): string {
  if (!preview) return "";
  const { after, code } = preview;
  return code ? `${outcomeLabel[after]}: ${outcomeCatalogue[code].title}` : outcomeLabel[after];
}
