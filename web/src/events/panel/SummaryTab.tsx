import { Link, Text, makeStyles, tokens } from "@fluentui/react-components";
import { CopyableText } from "../../components/CopyableText.tsx";
import { EventType } from "../../components/EventType.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { recordPath } from "../../shell/paths.ts";
import { milliseconds } from "../../time/format.ts";
import { Superseded } from "./Superseded.tsx";
import type { OpenedEvent } from "../../../../functions/contracts/portal.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalM,
    paddingTop: tokens.spacingVerticalS,
  },
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
  event: OpenedEvent;
  showRecord: (recordId: string) => void;
}

/** What identifies an event, here and in other systems. */
export function SummaryTab({ event, showRecord }: SummaryTabProps) {
  const styles = useStyles();
  const { recordId, operationCreatedAt, supersededBy } = event;
  const others = event.recordIds.filter((id) => id !== recordId);
  const ids = [
    { label: "Event id", id: event.eventId },
    { label: "Correlation id", id: event.correlationId },
    { label: "Operation id", id: event.operationId },
    { label: "User id", id: event.initiatingUserId },
  ];
  return (
    <div className={styles.root}>
      {supersededBy && <Superseded by={supersededBy} />}
      <dl className={styles.facts}>
        <Fact label="Event type">
          <EventType type={event.eventType} />
        </Fact>
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
      </dl>
      <Text as="h4" weight="semibold">
        For support
      </Text>
      <dl className={styles.facts}>
        {ids.map(
          ({ label, id }) =>
            id !== null && (
              <Fact key={label} label={label}>
                <CopyableText text={id} what={label.toLowerCase()} />
              </Fact>
            ),
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
