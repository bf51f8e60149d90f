import { makeStyles, tokens } from "@fluentui/react-components";
import { readable } from "../time/readable.ts";
import type { Alert } from "../../../functions/contracts/alerts.ts";

const useStyles = makeStyles({
  root: {
    margin: 0,
    display: "flex",
    flexWrap: "wrap",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    fontSize: tokens.fontSizeBase200,
  },
  pair: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalXS },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, fontVariantNumeric: "tabular-nums", overflowWrap: "anywhere" },
});

/** The figures that a rule looked at. */
export function AlertInputs({ inputs, of }: { inputs: Alert["inputs"]; of: string }) {
  const styles = useStyles();
  return (
    <dl className={styles.root} aria-label={`Figures of ${of}`}>
      {inputs.map(({ name, value }) => (
        <div key={name} className={styles.pair}>
          <dt className={styles.name}>{name}:</dt>
          <dd className={styles.value}>{readable(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
