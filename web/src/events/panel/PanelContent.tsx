import { makeStyles, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { useEvent } from "../../api/queries.ts";
import { LoadingRows } from "../../components/LoadingRows.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { tabs } from "../useOpenEvent.ts";
import { AttemptsTab } from "./AttemptsTab.tsx";
import { ChangesTab } from "./ChangesTab.tsx";
import { PanelSummary } from "./PanelSummary.tsx";
import { PanelTabs } from "./PanelTabs.tsx";
import { PayloadTab } from "./PayloadTab.tsx";
import { StepsTab } from "./StepsTab.tsx";
import { SummaryTab } from "./SummaryTab.tsx";
import { WhyTab } from "./WhyTab.tsx";
import type { PanelTab } from "../useOpenEvent.ts";
import type { OpenedEvent } from "../../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
});

interface PanelContentProps {
  organizationId: string;
  eventId: string;
  tab: PanelTab | null;
  showTab: (tab: PanelTab) => void;
  showRecord: (recordId: string) => void;
}

/** Everything about one event: what identifies it, and its parts in tabs. */
export function PanelContent({ organizationId, eventId, tab, showTab, showRecord }: PanelContentProps) {
  const styles = useStyles();
  const panel = useId();
  const { data: event, error, refetch } = useEvent(organizationId, eventId);
  if (!event)
    return error ? <ProblemMessage error={error} retry={refetch} /> : <LoadingRows what="the event" />;
  const offered = tabs.filter((name) => name !== "why" || event.outcome !== "success");
  const usual = event.outcome === "success" ? "summary" : "why";
  const current = tab && offered.includes(tab) ? tab : usual;
  return (
    <div className={styles.root}>
      <PanelSummary event={event} />
      <PanelTabs {...{ offered, current, panel, showTab }} />
      <div role="tabpanel" id={panel} aria-labelledby={`${panel}-${current}`}>
        <CurrentTab event={event} tab={current} showRecord={showRecord} />
      </div>
    </div>
  );
}

interface CurrentTabProps {
  event: OpenedEvent;
  tab: PanelTab;
  showRecord: (recordId: string) => void;
}

function CurrentTab({ event, tab, showRecord }: CurrentTabProps) {
  switch (tab) {
    case "summary":
      return <SummaryTab event={event} showRecord={showRecord} />;
    case "steps":
      return <StepsTab steps={event.steps} />;
    case "why":
      return <WhyTab event={event} />;
    case "changes":
      return <ChangesTab changes={event.changes} />;
    case "payload":
      return <PayloadTab event={event} />;
    case "attempts":
      return <AttemptsTab attempts={event.attemptLog} nextAttemptAt={event.nextAttemptAt} />;
  }
}
