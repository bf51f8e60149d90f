import { Skeleton, SkeletonItem, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, lazy } from "react";
import { ErrorBoundary } from "../components/ErrorBoundary.tsx";
import { HourlyTable } from "./HourlyTable.tsx";
import { chartHeight } from "./chartHeight.ts";
import type { ChartView } from "./ChartOrTable.tsx";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

/** The chart library is larger than any screen, so it comes after them. */
const HourlyChart = lazy(() =>
  import("./HourlyChart.tsx").then(({ HourlyChart }) => ({ default: HourlyChart })),
);

const useStyles = makeStyles({
  empty: {
    height: `${chartHeight}px`,
    "@media (max-width: 639.98px)": { height: "96px" },
    display: "grid",
    placeItems: "center",
    color: tokens.colorNeutralForeground2,
  },
  chart: { minHeight: `${chartHeight}px` },
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
    <div className={styles.chart}>
      <ErrorBoundary>
        <Suspense
          fallback={
            <Skeleton aria-label="Loading the chart">
              <SkeletonItem style={{ height: chartHeight }} />
            </Skeleton>
          }
        >
          <HourlyChart hourly={hourly} showHour={showHour} />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
