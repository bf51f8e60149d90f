import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { FieldStateBadge } from "./FieldStateBadge.tsx";
import { fieldStates, stateWords } from "./words.ts";

const useStyles = makeStyles({
  legend: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    margin: 0,
    "& dd": { margin: 0, color: tokens.colorNeutralForeground2 },
    "@media (max-width: 639.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** What each state of a field means. */
export function StateLegend() {
  const styles = useStyles();
  return (
    <>
      <dl className={styles.legend}>
        {fieldStates.map((state) => [
          <dt key={state}>
            <FieldStateBadge state={state} />
          </dt>,
          <dd key={`${state} meaning`}>{stateWords[state].meaning}</dd>,
        ])}
      </dl>
      <Text block className={styles.minor}>
        •••••• stands for a value of a column that the mapping in force does not read. Open the event to see
        its payload.
      </Text>
    </>
  );
}
