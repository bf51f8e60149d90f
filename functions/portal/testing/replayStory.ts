import fc from "fast-check";
import type { NetworkFault } from "../../sync-log/testing/modelNetwork.ts";
import { pipelineStory, storageFaults } from "./pipelineStory.ts";
import type { Story } from "./pipelineStory.ts";

/**
 * What an administrator does between two invocations. `pause` and `resume` are of the organization, `replay` runs all
 * its events again, `replayFailed` those that are errors, `stop` stops what runs, `tick` lets the minute timer run.
 */
export type AdministratorAct = "pause" | "resume" | "replay" | "replayFailed" | "stop" | "tick";

/** A story in which somebody pauses, resumes and replays. At its end the integration is active and all was looked after. */
export interface ReplayStory extends Story {
  /** After which invocation something is done. */
  acts: { after: number; act: AdministratorAct }[];
  /** What befalls the requests to the table of replays, one after the other. */
  replayStorage: NetworkFault[];
  /** For how many looks at its directory a process does not know of a change yet. */
  staleLooks: number;
}

const act: fc.Arbitrary<AdministratorAct> = fc.constantFrom(
  ...(["pause", "pause", "resume", "resume", "replay", "replayFailed", "stop", "tick"] as const),
);

export const replayStory: fc.Arbitrary<ReplayStory> = fc
  .tuple(
    pipelineStory,
    fc.array(fc.record({ after: fc.nat(14), act }), { minLength: 1, maxLength: 6 }),
    fc.nat(4),
    storageFaults,
  )
  .map(([story, acts, staleLooks, replayStorage]) => ({
    ...story,
    troubles: Math.min(story.troubles, 12),
    acts: acts.toSorted((one, other) => one.after - other.after),
    staleLooks,
    replayStorage,
  }));
