import { Text } from "@fluentui/react-components";
import { MoreButton } from "../components/MoreButton.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { EventResult } from "../events/EventResult.tsx";
import { eventPath } from "../shell/paths.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

interface RecordEventsProps {
  organizationId: string;
  events: EventSummary[];
  more: { hasMore: boolean; loading: boolean; error: unknown; load: () => unknown };
}

/** Every event that touched a record, newest first. */
export function RecordEvents({ organizationId, events, more }: RecordEventsProps) {
  const styles = useScreenStyles();
  return (
    <Section title="Its events">
      {events.length === 0 && !more.hasMore && (
        <Text>No event of this record is kept. Older events are removed when their time is over.</Text>
      )}
      <ul className={styles.list} aria-label="Events of the record, newest first">
        {events.map((event) => (
          <li key={event.eventId} className={styles.item}>
            <div className={styles.line}>
              <span className={styles.grow}>
                <RouterLink to={eventPath(organizationId, event.eventId)}>{event.eventType}</RouterLink>
              </span>
              <RelativeTime at={event.receivedAt} />
              <OutcomeBadge outcome={event.outcome} />
            </div>
            <EventResult event={event} />
          </li>
        ))}
      </ul>
      {(events.length > 0 || more.hasMore) && (
        <MoreButton shown={events.length === 1 ? "1 event" : `${events.length} events`} {...more} />
      )}
    </Section>
  );
}
