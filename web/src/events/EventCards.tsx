import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { Code } from "../components/Code.tsx";
import { EventType } from "../components/EventType.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { SelectBox } from "../components/SelectBox.tsx";
import { EventResult } from "./EventResult.tsx";
import { EventTime } from "./EventTime.tsx";
import { rowsOf, selectLabel, shortId } from "./eventRows.ts";
import type { EventRowProps, EventRowsProps } from "./eventRows.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  card: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  open: { backgroundColor: tokens.colorBrandBackground2 },
  line: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  time: { flexGrow: 1 },
  /** Lies over the link that covers the card. */
  select: { display: "flex", position: "relative", zIndex: 1 },
  text: { overflowWrap: "anywhere" },
});

/** The event log on a narrow window: each event is a card, which opens the event wherever it is touched. */
export function EventCards(props: EventRowsProps) {
  return (
    <ul className={useStyles().list} aria-label="Events, newest first">
      {rowsOf(props).map((row) => (
        <EventCard key={row.event.eventId} {...row} />
      ))}
    </ul>
  );
}

const EventCard = memo(function EventCard(row: EventRowProps) {
  const { event, isOpen, open, organization, selected, select } = row;
  const styles = useStyles();
  return (
    <li className={mergeClasses(styles.card, isOpen && styles.open)}>
      <div className={styles.line}>
        {select && (
          <span className={styles.select}>
            <SelectBox
              label={selectLabel(event)}
              checked={selected === true}
              onChange={(checked) => select(event.eventId, checked)}
            />
          </span>
        )}
        <span className={styles.time}>
          <EventTime event={event} open={open} stretched />
        </span>
        <OutcomeBadge outcome={event.outcome} />
      </div>
      <div className={styles.line}>
        <EventType type={event.eventType} />
        {event.recordId && <Code>{shortId(event.recordId)}</Code>}
      </div>
      {organization !== null && <Text className={styles.text}>{organization}</Text>}
      <EventResult event={event} />
    </li>
  );
});
