import { ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Stop16Regular } from "@fluentui/react-icons";
import { useParams } from "react-router";
import { BusyButton } from "../components/BusyButton.tsx";
import { LiveMessage } from "../components/LiveMessage.tsx";
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
import { portalPath, replaysPath } from "../shell/paths.ts";
import { ReplayItems } from "./ReplayItems.tsx";
import { ReplayOutcomes } from "./ReplayOutcomes.tsx";
import { ReplayStateBadge } from "./ReplayStateBadge.tsx";
import { useReplay, useStopReplay } from "./queries.ts";
import { canBeStopped, isRunning, selectionLabel, stateLabel, stoppedSentence } from "./replayWords.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { Replay } from "../../../functions/contracts/replays.ts";

/** One replay: how far it is, what it did, and the way to stop it. */
export function ReplayScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useScreenStyles();
  const { id, name } = useOrganizationOfAddress(organizations);
  const { replayId = "" } = useParams();
  usePageTitle("Replay", name);
  const { data: replay, error, refetch } = useReplay(id, replayId);
  return (
    <div className={styles.root}>
      <PageHeader
        title={replay?.kind === "resume" ? "Resume" : "Replay"}
        subtitle={name}
        beside={replay && <ReplayStateBadge state={replay.state} />}
        side={<RouterLink to={replaysPath(id)}>All replays</RouterLink>}
      />
      {error && (
        <ProblemMessage
          error={error}
          retry={refetch}
          {...(replay ? { stillShown: "The figures below are the last that could be read." } : {})}
        />
      )}
      {!replay && !error && <LoadingRows what="the replay" />}
      {replay && (
        <>
          <Progress organizationId={id} replay={replay} />
          <ReplayItems organizationId={id} replayId={replayId} running={isRunning(replay)} />
        </>
      )}
    </div>
  );
}

const useStyles = makeStyles({
  figures: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS },
});

function Progress({ organizationId, replay }: { organizationId: string; replay: Replay }) {
  const styles = useStyles();
  const shared = useScreenStyles();
  const stop = useStopReplay(organizationId, replay.replayId);
  const { state, total, done, selection, kind, startedBy, startedAt, endedAt } = replay;
  const running = isRunning(replay);
  const far = `${done.toLocaleString("en")} of ${counted(total, "event")} done`;
  return (
    <Section
      title="Progress"
      actions={
        canBeStopped(replay) && (
          <BusyButton
            busy={stop.isPending || state === "stopping"}
            icon={<Stop16Regular />}
            onClick={() => stop.mutate()}
          >
            Stop
          </BusyButton>
        )
      }
    >
      <div className={styles.figures}>
        <Text>
          {kind === "resume" ? "What arrived while the integration was paused" : selectionLabel(selection)}
        </Text>
        {state === "collecting" ? (
          <ProgressBar aria-label="The events are being found" />
        ) : (
          <ProgressBar value={done} max={Math.max(1, total)} aria-label={far} />
        )}
        <div className={shared.line}>
          <Text weight="semibold">
            {state === "collecting" ? `${counted(total, "event")} found so far` : far}
          </Text>
          <ReplayOutcomes outcomes={replay.outcomes} />
        </div>
        <Text size={200} className={shared.minor}>
          Started by {startedBy} <RelativeTime at={startedAt} />
          {endedAt && (
            <>
              , ended <RelativeTime at={endedAt} />
            </>
          )}
          . <RouterLink to={portalPath(organizationId)}>Event log</RouterLink>
        </Text>
        {state === "stopped" && <Text>{stoppedSentence(replay)}</Text>}
        {stop.error && <ProblemMessage error={stop.error} retry={() => stop.mutate()} />}
      </div>
      <LiveMessage text={running ? stateLabel[state] : `${stateLabel[state]}: ${far}`} />
    </Section>
  );
}
