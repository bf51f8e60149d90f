import { ProgressBar, Text } from "@fluentui/react-components";
import { ArrowRepeatAllRegular } from "@fluentui/react-icons";
import { EmptyState } from "../components/EmptyState.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { counted } from "../components/counted.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { useOrganizationOfAddress } from "../components/useOrganizationOfAddress.ts";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { portalPath, replayPath } from "../shell/paths.ts";
import { ReplayOutcomes } from "./ReplayOutcomes.tsx";
import { ReplayStateBadge } from "./ReplayStateBadge.tsx";
import { useReplays } from "./queries.ts";
import { isRunning, selectionLabel } from "./replayWords.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { Replay } from "../../../functions/contracts/replays.ts";

/** The last replays of an organization. */
export function ReplaysScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useScreenStyles();
  const { id, name } = useOrganizationOfAddress(organizations);
  usePageTitle("Replays", name);
  const { data, error, refetch } = useReplays(id);
  return (
    <div className={styles.root}>
      <PageHeader title="Replays" subtitle={name} />
      {error && <ProblemMessage error={error} retry={refetch} />}
      {!data && !error && <LoadingRows what="the replays" />}
      {data?.items.length === 0 && (
        <Section title="Last replays">
          <EmptyState
            icon={<ArrowRepeatAllRegular />}
            title="Nothing was replayed yet"
            text="In the event log, select events or set filters, and choose “Replay”. You are told what would happen before anything does."
          >
            <RouterLink to={portalPath(id)}>Go to the event log</RouterLink>
          </EmptyState>
        </Section>
      )}
      {data && data.items.length > 0 && (
        <Section title="Last replays">
          <ul className={styles.list}>
            {data.items.map((replay) => (
              <li key={replay.replayId} className={styles.item}>
                <ReplayLine replay={replay} to={replayPath(id, replay.replayId)} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

function ReplayLine({ replay, to }: { replay: Replay; to: string }) {
  const styles = useScreenStyles();
  const { kind, selection, startedAt, startedBy, total, done } = replay;
  return (
    <>
      <div className={styles.line}>
        <span className={styles.grow}>
          <RouterLink to={to}>
            {kind === "resume" ? "What arrived while paused" : selectionLabel(selection)}
          </RouterLink>
        </span>
        <ReplayStateBadge state={replay.state} />
      </div>
      {isRunning(replay) && total > 0 && (
        <ProgressBar value={done} max={total} aria-label={`${done} of ${counted(total, "event")}`} />
      )}
      <div className={styles.line}>
        <Text size={200} className={styles.minor}>
          {startedBy}, <RelativeTime at={startedAt} />
        </Text>
        <Text size={200}>
          {done.toLocaleString("en")} of {counted(total, "event")}
        </Text>
        <ReplayOutcomes outcomes={replay.outcomes} />
      </div>
    </>
  );
}
