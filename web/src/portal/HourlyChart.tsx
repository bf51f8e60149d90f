import { tokens } from "@fluentui/react-components";
import { memo } from "react";
import { StackedBars } from "../charts/StackedBars.tsx";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import { clockTime, shortRange } from "../time/format.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";
import type { VSChartDataPoint, VerticalStackedChartProps } from "@fluentui/react-charts";

const hourLength = 3_600_000;

const colors: Record<Outcome, string> = {
  success: tokens.colorPaletteGreenBorderActive,
  error: tokens.colorPaletteRedBackground3,
  skipped: tokens.colorNeutralForeground4,
};

interface HourlyChartProps {
  hourly: PortalStatus["hourly"];
  showHour: (hour: string) => void;
}

/** A stacked bar for each of the last 24 hours. A bar shows the events of its hour. */
export const HourlyChart = memo(function HourlyChart({ hourly, showHour }: HourlyChartProps) {
  const data = hourly.map((counts) => barOf(counts));
  const hourOf = (bar: VerticalStackedChartProps | VSChartDataPoint): string | undefined =>
    hourly[data.findIndex((other) => other.xAxisCalloutData === bar.xAxisCalloutData)]?.hour;
  return (
    <StackedBars
      title="Events by hour and outcome"
      data={data}
      onBarClick={(_, bar) => {
        const hour = hourOf(bar);
        if (hour) showHour(hour);
      }}
    />
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
