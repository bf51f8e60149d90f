import { Text } from "@fluentui/react-components";
import { countOf, outcomes as all } from "../components/outcomes.ts";
import type { OutcomeCounts } from "../../../functions/contracts/common.ts";

/** What a replay came to so far, in words. */
export function ReplayOutcomes({ outcomes }: { outcomes: OutcomeCounts }) {
  return <Text size={200}>{all.map((outcome) => countOf(outcome, outcomes[outcome])).join(", ")}</Text>;
}
