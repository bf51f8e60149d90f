import { makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { ChartOrTable } from "../charts/ChartOrTable.tsx";
import { Section } from "../components/Section.tsx";
import { outcomes } from "../components/outcomes.ts";
import { useStable } from "../components/useStable.ts";
import { countFilter, hourFilter } from "../events/eventFilter.ts";
import { useFilter } from "../events/useFilter.ts";
import { HourlyEvents } from "./HourlyEvents.tsx";
import { LastSync } from "./LastSync.tsx";
import { PeriodCounts } from "./PeriodCounts.tsx";
import { Rejections } from "./Rejections.tsx";
import { SilenceWarning } from "./SilenceWarning.tsx";
import type { ChartView } from "../charts/ChartOrTable.tsx";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
  grid: {
    display: "grid",
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: "minmax(0, 6fr) minmax(0, 7fr)",
    "@media (max-width: 1023.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
});

/** The sync status panel: last sync, counts, course of the day, and what was refused. */
export function StatusPanel({ status }: { status: PortalStatus }) {
  const styles = useStyles();
  const { setFilter } = useFilter();
  const [view, setView] = useState<ChartView>("chart");
  const empty = status.hourly.every((hour) => outcomes.every((outcome) => hour[outcome] === 0));
  const showHour = useStable((hour: string) => setFilter(hourFilter(hour), { reveal: true }));
  return (
    <div className={styles.root}>
      {status.silence.silent && <SilenceWarning status={status} />}
      <div className={styles.grid}>
        <Section title="Sync status">
          <LastSync status={status} />
          <PeriodCounts
            periods={status.periods}
            show={(period, outcome) => setFilter(countFilter(period, outcome), { reveal: true })}
          />
        </Section>
        <Section
          title="Events of the last 24 hours"
          actions={!empty && <ChartOrTable view={view} setView={setView} />}
        >
          <HourlyEvents hourly={status.hourly} empty={empty} view={view} showHour={showHour} />
        </Section>
      </div>
      {status.rejections.length > 0 && <Rejections {...status} />}
    </div>
  );
}
