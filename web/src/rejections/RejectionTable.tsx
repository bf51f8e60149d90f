import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { FiguresTable } from "../charts/FiguresTable.tsx";
import { slotHead } from "./slotLabel.ts";
import { countIn } from "./totals.ts";
import type { RejectionPeriod } from "./queries.ts";
import type { RejectionHistory, RejectionReason } from "../../../functions/contracts/rejections.ts";

interface RejectionTableProps {
  history: RejectionHistory;
  totals: { reason: RejectionReason; count: number }[];
  period: RejectionPeriod;
}

/** The figures of {@link RejectionChart} as a table. */
export function RejectionTable({ history, totals, period }: RejectionTableProps) {
  return (
    <FiguresTable
      label="Refused requests by time"
      heads={[
        period === "30d" ? "Day" : "Hour",
        ...totals.map(({ reason }) => rejectionAdvice[reason].title),
      ]}
      rows={history.slots.map((slot) => ({
        key: slot.from,
        time: slotHead(slot.from, period),
        figures: totals.map(({ reason }) => countIn(slot, reason)),
      }))}
    />
  );
}
