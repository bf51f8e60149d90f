import { VerticalStackedBarChart } from "@fluentui/react-charts";
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import { clockTime, shortRange } from "../time/format.ts";
import { chartHeight } from "./chartHeight.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";
import type { VSChartDataPoint, VerticalStackedChartProps } from "@fluentui/react-charts";

const hourLength = 3_600_000;

const colors: Record<Outcome, string> = {
  success: tokens.colorPaletteGreenBorderActive,
  error: tokens.colorPaletteRedBackground3,
  skipped: tokens.colorNeutralForeground4,
};

const useStyles = makeStyles({
  root: { height: `${chartHeight}px`, minWidth: 0, "& rect": { cursor: "pointer" } },
});

interface HourlyChartProps {
  hourly: PortalStatus["hourly"];
  showHour: (hour: string) => void;
}

/** A stacked bar for each of the last 24 hours. A bar shows the events of its hour. Drawing is slow, so it is done when figures changed. */
export const HourlyChart = memo(function HourlyChart({ hourly, showHour }: HourlyChartProps) {
  const styles = useStyles();
  const data = hourly.map((counts) => barOf(counts));
  const hourOf = (bar: VerticalStackedChartProps | VSChartDataPoint): string | undefined =>
    hourly[data.findIndex((other) => other.xAxisCalloutData === bar.xAxisCalloutData)]?.hour;
  return (
    <div className={styles.root}>
      <VerticalStackedBarChart
        chartTitle="Events by hour and outcome"
        data={data}
        height={chartHeight}
        isCalloutForStack
        barWidth="auto"
        maxBarWidth={28}
        xAxisInnerPadding={0.3}
        hideLabels
        hideTickOverlap
        yAxisTickCount={4}
        onBarClick={(_, bar) => {
          const hour = hourOf(bar);
          if (hour) showHour(hour);
        }}
      />
    </div>
  );
});

function barOf(counts: PortalStatus["hourly"][number]): VerticalStackedChartProps {
  const from = Date.parse(counts.hour);
  return {
    xAxisPoint: clockTime(from),
    xAxisCalloutData: shortRange(from, from + hourLength),
    chartData: outcomes.map((outcome) => ({
      legend: outcomeLabel[outcome],
      data: counts[outcome],
      color: colors[outcome],
    })),
  };
}
