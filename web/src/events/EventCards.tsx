import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { Code } from "../components/Code.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { SelectBox } from "../components/SelectBox.tsx";
import { EventResult } from "./EventResult.tsx";
import { EventTime } from "./EventTime.tsx";
import { rowsOf, shortId } from "./eventRows.ts";
import type { EventRowProps, EventRowsProps } from "./eventRows.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  card: {
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
  text: { overflowWrap: "anywhere" },
});

/** The event log on a narrow window: each event is a card. */
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
          <SelectBox
            label={`Select event ${event.eventType}, ${shortId(event.eventId)}`}
            checked={selected === true}
            onChange={(checked) => select(event.eventId, checked)}
          />
        )}
        <span className={styles.time}>
          <EventTime event={event} open={open} />
        </span>
        <OutcomeBadge outcome={event.outcome} />
      </div>
      <div className={styles.line}>
        <Text weight="semibold" className={styles.text}>
          {event.eventType}
        </Text>
        {event.recordId && <Code>{shortId(event.recordId)}</Code>}
      </div>
      {organization !== null && <Text className={styles.text}>{organization}</Text>}
      <EventResult event={event} />
    </li>
  );
});
