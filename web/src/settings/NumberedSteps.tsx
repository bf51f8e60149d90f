import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  steps: { margin: 0, padding: 0, listStyleType: "none", counterReset: "step" },
  step: {
    display: "grid",
    gridTemplateColumns: "28px minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    counterIncrement: "step",
    "::before": {
      content: "counter(step)",
      width: "28px",
      height: "28px",
      lineHeight: "28px",
      textAlign: "center",
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorNeutralBackground4,
      fontWeight: tokens.fontWeightSemibold,
    },
  },
  content: {
    display: "flex",
    flexDirection: "column",
    alignItems: "stretch",
    rowGap: tokens.spacingVerticalXS,
    minWidth: 0,
  },
});

/** Steps that are done one after the other, each a {@link NumberedStep}. */
export function NumberedSteps({ children }: { children: ReactNode }) {
  return <ol className={useStyles().steps}>{children}</ol>;
}

/** One step: what to do, and under it what helps to do it. */
export function NumberedStep({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <li className={styles.step}>
      <div className={styles.content}>
        <Text weight="semibold">{title}</Text>
        {children}
      </div>
    </li>
  );
}
