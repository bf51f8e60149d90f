import { Text } from "@fluentui/react-components";
import { Code } from "../components/Code.tsx";
import { EventLink } from "../components/EventLink.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { MoreButton } from "../components/MoreButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { counted } from "../components/counted.ts";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { shortId } from "../events/eventRows.ts";
import { recordPath } from "../shell/paths.ts";
import { BeforeAfter } from "./BeforeAfter.tsx";
import { useReplayItems } from "./queries.ts";
import type { ReplayItem } from "../../../functions/contracts/replays.ts";

interface ReplayItemsProps {
  organizationId: string;
  replayId: string;
  running: boolean;
}

/** What a replay did, event by event. */
export function ReplayItems({ organizationId, replayId, running }: ReplayItemsProps) {
  const styles = useScreenStyles();
  const query = useReplayItems(organizationId, replayId, running);
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Section title="What was done">
      {!items && !query.error && <LoadingRows what="what was done" />}
      {!items && query.error && <ProblemMessage error={query.error} retry={query.refetch} />}
      {items?.length === 0 && <Text>{running ? "Nothing yet." : "No event was replayed."}</Text>}
      {items && items.length > 0 && (
        <>
          <ul className={styles.list}>
            {items.map((item) => (
              <li key={item.eventId} className={styles.item}>
                <ItemLine item={item} organizationId={organizationId} />
              </li>
            ))}
          </ul>
          {running && !query.hasNextPage ? (
            <Text className={styles.minor}>More follow while the replay runs.</Text>
          ) : (
            <MoreButton shown={counted(items.length, "event")} query={query} />
          )}
        </>
      )}
    </Section>
  );
}

function ItemLine({ item, organizationId }: { item: ReplayItem; organizationId: string }) {
  const styles = useScreenStyles();
  const { eventId, eventType, recordId, at, before, after, code, message } = item;
  return (
    <>
      <div className={styles.line}>
        <span className={styles.grow}>
          <EventLink {...{ organizationId, eventId, eventType }} />
        </span>
        <BeforeAfter before={before} after={after} />
      </div>
      <div className={styles.line}>
        {recordId && (
          <RouterLink to={recordPath(organizationId, recordId)}>Record {shortId(recordId)}</RouterLink>
        )}
        <Text size={200} className={styles.minor}>
          <RelativeTime at={at} />
        </Text>
        {code && <Code>{code}</Code>}
      </div>
      {message && <Text>{message}</Text>}
    </>
  );
}
