import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { chartHeight } from "../charts/chartHeight.ts";
import { lazyNamed } from "../components/lazyNamed.ts";
import { HourlyTable } from "./HourlyTable.tsx";
import type { ChartView } from "../charts/ChartOrTable.tsx";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const HourlyChart = lazyNamed(() => import("./HourlyChart.tsx"), "HourlyChart");

const useStyles = makeStyles({
  empty: {
    height: `${chartHeight}px`,
    "@media (max-width: 639.98px)": { height: "96px" },
    display: "grid",
    placeItems: "center",
    color: tokens.colorNeutralForeground2,
  },
});

interface HourlyEventsProps {
  hourly: PortalStatus["hourly"];
  /** There was no event at all. */
  empty: boolean;
  view: ChartView;
  showHour: (hour: string) => void;
}

/** The events of the last 24 hours by hour and outcome, as a chart or as a table. */
export function HourlyEvents({ hourly, empty, view, showHour }: HourlyEventsProps) {
  const styles = useStyles();
  if (empty) return <Text className={styles.empty}>No events in the last 24 hours</Text>;
  if (view === "table") return <HourlyTable hourly={hourly} showHour={showHour} />;
  return (
    <ChartFrame>
      <HourlyChart hourly={hourly} showHour={showHour} />
    </ChartFrame>
  );
}
