import { makeStyles, tokens } from "@fluentui/react-components";
import { RelativeTime } from "./RelativeTime.tsx";

const useStyles = makeStyles({
  root: {
    display: "inline-flex",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalXS,
    whiteSpace: "nowrap",
  },
  dot: {
    width: "8px",
    height: "8px",
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorStatusSuccessBackground3,
    forcedColorAdjust: "none",
  },
});

/** Says how old the figures on the screen are; they renew themselves. */
export function UpdatedAt({ at }: { at: string }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={styles.dot} aria-hidden="true" />
      <span>
        Live, updated <RelativeTime at={at} />
      </span>
    </span>
  );
}
