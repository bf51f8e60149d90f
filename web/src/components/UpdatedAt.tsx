import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
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
  stale: { backgroundColor: tokens.colorStatusWarningBackground3 },
});

/** Says how old the figures on the screen are. `live`: they renew themselves, and the last time it worked. */
export function UpdatedAt({ at, live }: { at: string; live: boolean }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.dot, !live && styles.stale)} aria-hidden="true" />
      <span>
        {live ? "Live, updated" : "Not live, updated"} <RelativeTime at={at} />
      </span>
    </span>
  );
}
