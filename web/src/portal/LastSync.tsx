import { Caption1, Subtitle2, makeStyles, tokens, typographyStyles } from "@fluentui/react-components";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { duration } from "../time/format.ts";
import { useEventAddress } from "../events/useOpenEvent.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    margin: 0,
    display: "grid",
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))",
  },
  fact: { display: "flex", flexDirection: "column", minWidth: 0 },
  label: { ...typographyStyles.caption1, color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
});

/** When data last came across, and whether anything is waiting. */
export function LastSync({ status }: { status: PortalStatus }) {
  const { lastSuccessAt, lastSuccessEventId, lastEventAt, queue } = status;
  const addressOf = useEventAddress();
  return (
    <dl className={useStyles().root}>
      <Fact
        label="Last successful sync"
        value={lastSuccessAt ? <RelativeTime at={lastSuccessAt} /> : "Never"}
      >
        {lastSuccessEventId && (
          <RouterLink to={addressOf(lastSuccessEventId)} label="Open event of the last successful sync">
            Open event
          </RouterLink>
        )}
      </Fact>
      <Fact label="Last event" value={lastEventAt ? <RelativeTime at={lastEventAt} /> : "None yet"} />
      <Fact
        label="Oldest waiting event"
        value={queue.oldestSeconds === null ? "None waiting" : duration(queue.oldestSeconds)}
      />
    </dl>
  );
}

function Fact({ label, value, children }: { label: string; value: ReactNode; children?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>
        <Subtitle2 block>{value}</Subtitle2>
        {children && <Caption1>{children}</Caption1>}
      </dd>
    </div>
  );
}
