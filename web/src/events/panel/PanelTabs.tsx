import { Tab, TabList, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useMediaQuery } from "../../components/useMediaQuery.ts";
import type { PanelTab } from "../useOpenEvent.ts";

const labels: Record<PanelTab, string> = {
  summary: "Summary",
  steps: "Steps",
  why: "Why and what to do",
  changes: "Changes",
  payload: "Payload",
  attempts: "Attempts",
};

const useStyles = makeStyles({
  root: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    overflowX: "auto",
    overflowY: "hidden",
    scrollbarWidth: "thin",
    marginInline: `calc(-1 * ${tokens.spacingHorizontalM})`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  /** The text of the first tab stands above that of the panel: small tabs have less room around it. */
  narrow: { marginInline: `calc(-1 * ${tokens.spacingHorizontalSNudge})` },
});

interface PanelTabsProps {
  offered: readonly PanelTab[];
  current: PanelTab;
  /** Id of the element that shows the current part; a tab's own id begins with it. */
  panel: string;
  showTab: (tab: PanelTab) => void;
}

/** The tabs of an event's parts. On a narrow window they are scrolled sideways, and the current one is in view. */
export function PanelTabs({ offered, current, panel, showTab }: PanelTabsProps) {
  const styles = useStyles();
  const narrow = useMediaQuery("(max-width: 639.98px)");
  useEffect(() => {
    document.getElementById(`${panel}-${current}`)?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [panel, current]);
  return (
    <TabList
      className={mergeClasses(styles.root, narrow && styles.narrow)}
      size={narrow ? "small" : "medium"}
      aria-label="Parts of the event"
      selectedValue={current}
      onTabSelect={(_, { value }) => showTab(value as PanelTab)}
    >
      {offered.map((name) => (
        <Tab key={name} value={name} id={`${panel}-${name}`} aria-controls={panel}>
          {labels[name]}
        </Tab>
      ))}
    </TabList>
  );
}
