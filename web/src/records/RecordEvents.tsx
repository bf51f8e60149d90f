import { Text } from "@fluentui/react-components";
import { EventLink } from "../components/EventLink.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { EventResult } from "../events/EventResult.tsx";
import type { PagedQuery } from "../components/MoreButton.tsx";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

interface RecordEventsProps {
  events: EventSummary[];
  query: PagedQuery;
}

/** Every event that touched a record, newest first. */
export function RecordEvents({ events, query }: RecordEventsProps) {
  const styles = useScreenStyles();
  return (
    <Section title="Its events">
      {events.length === 0 && !query.hasNextPage && (
        <Text>No event of this record is kept. Older events are removed when their time is over.</Text>
      )}
      <ul className={styles.list} aria-label="Events of the record, newest first">
        {events.map((event) => (
          <li key={event.eventId} className={styles.item}>
            <div className={styles.line}>
              <span className={styles.grow}>
                <EventLink {...event} />
              </span>
              <RelativeTime at={event.receivedAt} />
              <OutcomeBadge outcome={event.outcome} />
            </div>
            <EventResult event={event} />
          </li>
        ))}
      </ul>
      {(events.length > 0 || query.hasNextPage) && (
        <MoreButton shown={events.length === 1 ? "1 event" : `${events.length} events`} query={query} />
      )}
    </Section>
  );
}
