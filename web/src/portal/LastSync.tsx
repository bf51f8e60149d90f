import { Caption1, Subtitle2, makeStyles, tokens, typographyStyles } from "@fluentui/react-components";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Why } from "../components/Why.tsx";
import { waitOf } from "../components/wait.ts";
import { shortId } from "../events/eventRows.ts";
import { useEventAddress } from "../events/useOpenEvent.ts";
import { lastEventReason, lastSuccessReason, waitingReason } from "./reasons.ts";
import type { Reason } from "../components/Why.tsx";
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
  more: {
    "& button, & a": { fontSize: tokens.fontSizeBase200 },
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalM,
  },
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
        reason={lastSuccessReason(status)}
      >
        {lastSuccessEventId && (
          <RouterLink to={addressOf(lastSuccessEventId)}>Event {shortId(lastSuccessEventId)}</RouterLink>
        )}
      </Fact>
      <Fact
        label="Last event"
        value={lastEventAt ? <RelativeTime at={lastEventAt} /> : "None yet"}
        reason={lastEventReason(status)}
      />
      <Fact
        label="Oldest waiting event"
        value={waitOf(queue) ?? "None waiting"}
        reason={waitingReason(status)}
      />
    </dl>
  );
}

interface FactProps {
  label: string;
  value: ReactNode;
  reason: Reason;
  children?: ReactNode;
}

function Fact({ label, value, reason, children }: FactProps) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>
        <Subtitle2 block>{value}</Subtitle2>
        <Caption1 className={styles.more}>
          <Why reason={reason} label={label} />
          {children}
        </Caption1>
      </dd>
    </div>
  );
}
