import { Link, Subtitle2, makeStyles, tokens } from "@fluentui/react-components";
import { CopyableText } from "../../components/CopyableText.tsx";
import { OutcomeBadge } from "../../components/OutcomeBadge.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import type { EventDetail } from "../../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalM,
  },
  title: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  name: { overflowWrap: "anywhere", minWidth: 0 },
  facts: {
    margin: 0,
    display: "grid",
    gridTemplateColumns: "112px minmax(0, 1fr)",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
  },
  label: { color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    minHeight: "28px",
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: "8px",
  },
});

interface PanelSummaryProps {
  event: EventDetail;
  showRecord: (recordId: string) => void;
}

/** What identifies an event, here and in other systems. */
export function PanelSummary({ event, showRecord }: PanelSummaryProps) {
  const styles = useStyles();
  const { recordId, correlationId } = event;
  return (
    <div className={styles.root}>
      <div className={styles.title}>
        <Subtitle2 as="h3" className={styles.name}>
          {event.eventType}
        </Subtitle2>
        <OutcomeBadge outcome={event.outcome} />
      </div>
      <dl className={styles.facts}>
        <Fact label="Received">
          <RelativeTime at={event.receivedAt} />
        </Fact>
        <Fact label="Event id">
          <CopyableText text={event.eventId} what="event id" />
        </Fact>
        {correlationId && (
          <Fact label="Correlation id">
            <CopyableText text={correlationId} what="correlation id" />
          </Fact>
        )}
        {recordId && (
          <Fact label="Record">
            <CopyableText text={recordId} what="record id" />
            <Link as="button" onClick={() => showRecord(recordId)}>
              All its events
            </Link>
          </Fact>
        )}
      </dl>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </>
  );
}
