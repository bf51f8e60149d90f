import {
  Button,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from "@fluentui/react-components";
import { ArrowRepeatAll16Regular } from "@fluentui/react-icons";
import { Suspense, useState } from "react";
import { Code } from "../../components/Code.tsx";
import { DynamicsLink } from "../../components/DynamicsLink.tsx";
import { OutcomeBadge } from "../../components/OutcomeBadge.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { eventTypeTitle } from "../../components/eventTypeTitle.ts";
import { lazyNamed } from "../../components/lazyNamed.ts";
import { recordName } from "../../records/recordName.ts";
import { recordPath } from "../../shell/paths.ts";
import type { OpenedEvent } from "../../../../functions/contracts/portal.ts";

const ReplayDialog = lazyNamed(() => import("../../replays/ReplayDialog.tsx"), "ReplayDialog");

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalM,
  },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  title: { display: "flex", flexDirection: "column", overflowWrap: "anywhere", minWidth: 0 },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** Which event it is, what became of it, and what can be done with it. */
export function PanelSummary({ event }: { event: OpenedEvent }) {
  const styles = useStyles();
  const target = useRestoreFocusTarget();
  const [asking, setAsking] = useState(false);
  const { recordId, organizationId } = event;
  const title = eventTypeTitle(event.eventType);
  const name = nameAfter(event);
  return (
    <div className={styles.root}>
      <div className={styles.line}>
        <div className={styles.title}>
          <Subtitle2 as="h3">{title}</Subtitle2>
          {title !== event.eventType && <Code>{event.eventType}</Code>}
        </div>
        <OutcomeBadge outcome={event.outcome} />
        <Text className={styles.minor}>
          Received <RelativeTime at={event.receivedAt} />
        </Text>
      </div>
      <div className={styles.line}>
        <Button {...target} size="small" icon={<ArrowRepeatAll16Regular />} onClick={() => setAsking(true)}>
          Replay
        </Button>
        {name && <Text weight="semibold">{name}</Text>}
        {recordId && (
          <RouterLink to={recordPath(organizationId, recordId)}>The record and its history</RouterLink>
        )}
        <DynamicsLink to={event.dynamicsUrl} />
      </div>
      {asking && (
        <Suspense>
          <ReplayDialog
            organizationId={organizationId}
            selection={{ eventIds: [event.eventId] }}
            close={() => setAsking(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** The name of the event's record, where the event changed it; it costs no further read. */
function nameAfter({ recordId, changes }: OpenedEvent): string | null {
  const own = changes.filter((change) => change.recordId.toLowerCase() === recordId?.toLowerCase());
  return recordName(own.map((change) => ({ field: change.field, value: change.new })));
}
