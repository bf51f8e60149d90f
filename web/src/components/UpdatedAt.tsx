import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useClockText } from "../time/clock.ts";
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

/** Figures that were not read for so long are not live, in milliseconds: an API that hangs gives no error for a while. */
const liveFor = 10_000;

interface UpdatedAtProps {
  /** When the API made the figures; ISO 8601 in UTC. */
  at: string;
  /** When they were read, in milliseconds since 1970 on the clock of this machine, which may differ from the API's. */
  readAt: number;
  /** Reading them again failed. */
  failed: boolean;
}

/** Says how old the figures on the screen are, and whether they renew themselves. */
export function UpdatedAt({ at, readAt, failed }: UpdatedAtProps) {
  const styles = useStyles();
  const text = useClockText((now) => (failed || now - readAt > liveFor ? "Not live" : "Live"));
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.dot, text !== "Live" && styles.stale)} aria-hidden="true" />
      <span>
        {text}, updated <RelativeTime at={at} />
      </span>
    </span>
  );
}
