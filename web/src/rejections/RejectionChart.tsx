import { tokens } from "@fluentui/react-components";
import { memo } from "react";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { StackedBars } from "../charts/StackedBars.tsx";
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

interface RejectionChartProps {
  history: RejectionHistory;
  totals: { reason: RejectionReason; count: number }[];
  period: RejectionPeriod;
}

/** A stacked bar of refused requests by reason for each hour or day. */
export const RejectionChart = memo(function RejectionChart({ history, totals, period }: RejectionChartProps) {
  return (
    <StackedBars
      title="Refused requests by reason"
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
    />
  );
});
