import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";

interface OutcomeChoiceProps {
  outcome: Outcome | null;
  choose: (outcome: Outcome | null) => void;
}

/** Chooses one outcome, or any. */
export function OutcomeChoice({ outcome, choose }: OutcomeChoiceProps) {
  return (
    <Field label="Outcome">
      <RadioGroup
        value={outcome ?? "any"}
        onChange={(_, { value }) => choose(outcomes.find((one) => one === value) ?? null)}
      >
        <Radio value="any" label="Any" />
        {outcomes.map((one) => (
          <Radio key={one} value={one} label={outcomeLabel[one]} />
        ))}
      </RadioGroup>
    </Field>
  );
}
