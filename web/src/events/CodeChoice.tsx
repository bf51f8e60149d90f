import {
  MenuGroup,
  MenuGroupHeader,
  MenuItemRadio,
  MenuList,
  Text,
  makeStyles,
} from "@fluentui/react-components";
import { Code } from "../components/Code.tsx";
import { outcomeLabel } from "../components/outcomes.ts";
import { codesOf } from "./codes.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";

const useStyles = makeStyles({
  root: { maxHeight: "min(440px, 60vh)", overflowY: "auto", width: "320px", maxWidth: "100%" },
  label: { display: "flex", flexDirection: "column" },
});

interface CodeChoiceProps {
  code: OutcomeCode | null;
  /** The outcome that is chosen beside it: only its codes are offered. */
  outcome: Outcome | null;
  choose: (code: OutcomeCode | null) => void;
}

/** Chooses one code of the catalogue by its title, or any. Arrow keys move; nothing is chosen before Enter. */
export function CodeChoice({ code, outcome, choose }: CodeChoiceProps) {
  const styles = useStyles();
  const groups = (["error", "skipped"] as const)
    .filter((group) => outcome === null || group === outcome)
    .map((group) => ({ group, codes: codesOf(group) }));
  const known = groups.flatMap(({ codes }) => codes);
  if (groups.length === 0) return <Text>Events that succeeded have no code.</Text>;
  return (
    <MenuList
      className={styles.root}
      aria-label="Error code"
      checkedValues={{ code: [code ?? "any"] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        choose(known.find((one) => one.code === checkedItems[0])?.code ?? null)
      }
    >
      <MenuItemRadio name="code" value="any">
        Any
      </MenuItemRadio>
      {groups.map(({ group, codes }) => (
        <MenuGroup key={group}>
          <MenuGroupHeader>{outcomeLabel[group]}</MenuGroupHeader>
          {codes.map((one) => (
            <MenuItemRadio key={one.code} name="code" value={one.code}>
              <span className={styles.label}>
                {one.title}
                <Code>{one.code}</Code>
              </span>
            </MenuItemRadio>
          ))}
        </MenuGroup>
      ))}
    </MenuList>
  );
}
