import { MenuItemRadio, MenuList } from "@fluentui/react-components";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";

interface OutcomeChoiceProps {
  outcome: Outcome | null;
  choose: (outcome: Outcome | null) => void;
}

/** Chooses one outcome, or any. Arrow keys move; nothing is chosen before Enter. */
export function OutcomeChoice({ outcome, choose }: OutcomeChoiceProps) {
  return (
    <MenuList
      aria-label="Outcome"
      checkedValues={{ outcome: [outcome ?? "any"] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        choose(outcomes.find((one) => one === checkedItems[0]) ?? null)
      }
    >
      <MenuItemRadio name="outcome" value="any">
        Any
      </MenuItemRadio>
      {outcomes.map((one) => (
        <MenuItemRadio key={one} name="outcome" value={one}>
          {outcomeLabel[one]}
        </MenuItemRadio>
      ))}
    </MenuList>
  );
}
