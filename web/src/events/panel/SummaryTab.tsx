import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { CopyableText } from "../../components/CopyableText.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { recordPath } from "../../shell/paths.ts";
import { milliseconds } from "../../time/format.ts";
import type { EventDetail } from "../../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  facts: {
    margin: 0,
    display: "grid",
    gridTemplateColumns: "128px minmax(0, 1fr)",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
  },
  label: { color: tokens.colorNeutralForeground2 },
  value: {
    margin: 0,
    minHeight: "32px",
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: "8px",
    overflowWrap: "anywhere",
  },
});

interface SummaryTabProps {
  event: EventDetail;
  showRecord: (recordId: string) => void;
}

/** What identifies an event, here and in other systems. */
export function SummaryTab({ event, showRecord }: SummaryTabProps) {
  const { recordId, correlationId, operationId, initiatingUserId, operationCreatedAt } = event;
  const others = event.recordIds.filter((id) => id !== recordId);
  return (
    <dl className={useStyles().facts}>
      <Fact label="Event type">{event.eventType}</Fact>
      {operationCreatedAt && (
        <Fact label="Changed">
          <RelativeTime at={operationCreatedAt} />
        </Fact>
      )}
      <Fact label="Received">
        <RelativeTime at={event.receivedAt} />
      </Fact>
      <Fact label="Processed">
        <RelativeTime at={event.processedAt} /> (
        {milliseconds(Math.max(0, Date.parse(event.processedAt) - Date.parse(event.receivedAt)))} later)
      </Fact>
      <Fact label="Attempts">{event.attempts}</Fact>
      <Fact label="Event id">
        <CopyableText text={event.eventId} what="event id" />
      </Fact>
      {recordId && (
        <Fact label="Record">
          <CopyableText text={recordId} what="record id" />
          <RouterLink to={recordPath(event.organizationId, recordId)}>Fields now and history</RouterLink>
          <Link as="button" onClick={() => showRecord(recordId)}>
            Filter the log by it
          </Link>
        </Fact>
      )}
      {others.map((id) => (
        <Fact key={id} label="Also touched">
          <RouterLink to={recordPath(event.organizationId, id)}>{id}</RouterLink>
        </Fact>
      ))}
      {correlationId && (
        <Fact label="Correlation id">
          <CopyableText text={correlationId} what="correlation id" />
        </Fact>
      )}
      {operationId && (
        <Fact label="Operation id">
          <CopyableText text={operationId} what="operation id" />
        </Fact>
      )}
      {initiatingUserId && (
        <Fact label="Changed by user">
          <CopyableText text={initiatingUserId} what="user id" />
        </Fact>
      )}
    </dl>
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
