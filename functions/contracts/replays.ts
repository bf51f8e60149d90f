import { z } from "zod";
import { eventId, instant, outcome, outcomeCounts } from "./common.ts";
import { outcomeCode } from "./outcomes.ts";
import { eventFilter, fieldChange } from "./portal.ts";

/** Which events: named ones, or all that a filter of the event log shows. */
export const replaySelection = z.union([
  z.strictObject({ eventIds: z.array(eventId).min(1).max(200) }),
  z.strictObject({ filter: eventFilter }),
]);
export type ReplaySelection = z.infer<typeof replaySelection>;

/** Body of `POST …/portal/replays`. A dry run changes nothing and answers with an estimate. */
export const newReplay = z.intersection(replaySelection, z.object({ dryRun: z.boolean().default(false) }));

/** What would become of one event if it ran now. */
export const replayPreview = z.object({
  eventId,
  eventType: z.string(),
  receivedAt: instant,
  before: outcome,
  after: outcome,
  code: outcomeCode.nullable(),
  message: z.string().nullable(),
  changes: z.array(fieldChange),
});
export type ReplayPreview = z.infer<typeof replayPreview>;

/** What a replay would do. The sample stands for the rest. */
export const replayEstimate = z.object({
  events: z.int(),
  /** False when counting was stopped at the ceiling. */
  complete: z.boolean(),
  sample: z.array(replayPreview),
});
export type ReplayEstimate = z.infer<typeof replayEstimate>;

export const replayState = z.enum(["collecting", "running", "stopping", "stopped", "done"]);
/** `resume` runs what arrived while the integration was paused. */
export const replayKind = z.enum(["replay", "resume"]);

/** One replay and how far it is. */
export const replay = z.object({
  replayId: z.string(),
  kind: replayKind,
  state: replayState,
  /** Why a stopped replay ended by itself: `paused`, or `failed` after a step failed too often. Null when a person stopped it. */
  reason: z.string().nullable(),
  selection: replaySelection,
  startedBy: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  /** Events found so far; final once the state is not `collecting`. */
  total: z.int(),
  done: z.int(),
  outcomes: outcomeCounts,
});
export type Replay = z.infer<typeof replay>;
export const replayList = z.object({ items: z.array(replay) });

/** What a replay came to for one event. */
export const replayItem = z.object({
  eventId,
  eventType: z.string(),
  recordId: z.string().nullable(),
  at: instant,
  before: outcome,
  after: outcome,
  code: outcomeCode.nullable(),
  message: z.string().nullable(),
});
export type ReplayItem = z.infer<typeof replayItem>;
export const replayItemQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});
export const replayItemPage = z.object({ items: z.array(replayItem), nextCursor: z.string().nullable() });
