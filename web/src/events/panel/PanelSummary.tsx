import {
  Button,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from "@fluentui/react-components";
import { ArrowRepeatAll16Regular } from "@fluentui/react-icons";
import { Suspense, lazy, useState } from "react";
import { OutcomeBadge } from "../../components/OutcomeBadge.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { recordPath } from "../../shell/paths.ts";
import type { EventDetail } from "../../../../functions/contracts/portal.ts";

const ReplayDialog = lazy(() =>
  import("../../replays/ReplayDialog.tsx").then(({ ReplayDialog }) => ({ default: ReplayDialog })),
);

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    paddingTop: tokens.spacingVerticalM,
  },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  name: { overflowWrap: "anywhere", minWidth: 0 },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** Which event it is, what became of it, and what can be done with it. */
export function PanelSummary({ event }: { event: EventDetail }) {
  const styles = useStyles();
  const target = useRestoreFocusTarget();
  const [asking, setAsking] = useState(false);
  const { recordId, organizationId } = event;
  return (
    <div className={styles.root}>
      <div className={styles.line}>
        <Subtitle2 as="h3" className={styles.name}>
          {event.eventType}
        </Subtitle2>
        <OutcomeBadge outcome={event.outcome} />
        <Text className={styles.minor}>
          Received <RelativeTime at={event.receivedAt} />
        </Text>
      </div>
      <div className={styles.line}>
        <Button {...target} size="small" icon={<ArrowRepeatAll16Regular />} onClick={() => setAsking(true)}>
          Run again
        </Button>
        {recordId && (
          <RouterLink to={recordPath(organizationId, recordId)}>The record and its history</RouterLink>
        )}
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
