import { VerticalStackedBarChart } from "@fluentui/react-charts";
import { makeStyles, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { chartHeight } from "../portal/chartHeight.ts";
import { slotLabel } from "./slotLabel.ts";
import { countIn } from "./totals.ts";
import type { RejectionPeriod } from "./queries.ts";
import type { RejectionHistory, RejectionReason } from "../../../functions/contracts/rejections.ts";

const colors: Record<RejectionReason, string> = {
  missingKey: tokens.colorPaletteRedBackground3,
  wrongKey: tokens.colorPaletteDarkOrangeBackground3,
  expiredKey: tokens.colorPaletteMarigoldBorderActive,
  unknownOrganization: tokens.colorPaletteBerryBorderActive,
  notJson: tokens.colorPaletteBlueBorderActive,
  notContext: tokens.colorPaletteTealBorderActive,
  otherOrganization: tokens.colorPalettePurpleBorderActive,
  tooLarge: tokens.colorPaletteForestBorderActive,
  wrongContentType: tokens.colorNeutralForeground4,
};

const useStyles = makeStyles({ root: { height: `${chartHeight}px`, minWidth: 0 } });

interface RejectionChartProps {
  history: RejectionHistory;
  totals: { reason: RejectionReason; count: number }[];
  period: RejectionPeriod;
}

/** A stacked bar of refused requests by reason for each hour or day. */
export const RejectionChart = memo(function RejectionChart({ history, totals, period }: RejectionChartProps) {
  return (
    <div className={useStyles().root}>
      <VerticalStackedBarChart
        chartTitle="Refused requests by reason"
        data={history.slots.map((slot) => {
          const { short, long } = slotLabel(slot.from, period);
          return {
            xAxisPoint: short,
            xAxisCalloutData: long,
            chartData: totals.map(({ reason }) => ({
              legend: rejectionAdvice[reason].title,
              data: countIn(slot, reason),
              color: colors[reason],
            })),
          };
        })}
        height={chartHeight}
        isCalloutForStack
        barWidth="auto"
        maxBarWidth={28}
        xAxisInnerPadding={0.3}
        hideLabels
        hideTickOverlap
        yAxisTickCount={4}
      />
    </div>
  );
});
