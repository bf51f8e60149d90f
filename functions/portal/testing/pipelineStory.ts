import fc from "fast-check";
import { networkFaults } from "../../sync-log/testing/modelNetwork.ts";
import type { NetworkFault } from "../../sync-log/testing/modelNetwork.ts";

/** One event of a story: whose it is, which record it changes and how, and how often its sender sends it. */
export interface StoryEvent {
  organization: "quiet" | "troubled";
  record: number;
  /** `stripped` must be read from Dynamics, `broken` cannot be read at all, `unmapped` is none of ours. */
  kind: "update" | "delete" | "stripped" | "broken" | "unmapped";
  value: number;
  sent: 1 | 2;
}

/** What happens to a pipeline: events, and what goes wrong while they are processed. Nothing goes wrong for ever. */
export interface Story {
  events: StoryEvent[];
  /** Largest batch that the trigger hands over. */
  batch: number;
  /** What befalls the requests to storage, one after the other. */
  storage: NetworkFault[];
  /** The troubled organization's partitions refuse this many requests more than the others'. */
  troubles: number;
  /** Which sends of the pipeline fail, by number. */
  failedSends: number[];
  /** How often Dynamics does not answer before it does. */
  deadReads: number;
}

const event: fc.Arbitrary<StoryEvent> = fc.record({
  organization: fc.constantFrom("quiet", "troubled"),
  record: fc.nat(2),
  kind: fc.constantFrom("update", "update", "update", "delete", "stripped", "broken", "unmapped"),
  value: fc.nat(3),
  sent: fc.constantFrom(1, 2),
});

/** What befalls requests to storage: mostly nothing. */
export const storageFaults: fc.Arbitrary<NetworkFault[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<NetworkFault>("none") },
    { weight: 1, arbitrary: fc.constantFrom(...networkFaults) },
  ),
  {
    maxLength: 40,
  },
);

export const pipelineStory: fc.Arbitrary<Story> = fc.record({
  events: fc.array(event, { minLength: 1, maxLength: 8 }),
  batch: fc.integer({ min: 1, max: 5 }),
  storage: storageFaults,
  troubles: fc.oneof({ weight: 7, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.constant(200) }),
  failedSends: fc.uniqueArray(fc.nat(12), { maxLength: 4 }),
  deadReads: fc.nat(7),
});
