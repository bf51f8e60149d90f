import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { chartHeight } from "../portal/chartHeight.ts";
import { slotHead } from "./slotLabel.ts";
import { countIn } from "./totals.ts";
import type { RejectionPeriod } from "./queries.ts";
import type { RejectionHistory, RejectionReason } from "../../../functions/contracts/rejections.ts";

const useStyles = makeStyles({
  scroll: { maxHeight: `${chartHeight}px`, overflow: "auto" },
  table: { width: "100%", borderCollapse: "collapse", fontVariantNumeric: "tabular-nums" },
  head: {
    position: "sticky",
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    textAlign: "end",
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    padding: tokens.spacingVerticalXS,
  },
  cell: {
    textAlign: "end",
    padding: tokens.spacingVerticalXS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  slot: { textAlign: "start", fontWeight: tokens.fontWeightRegular, whiteSpace: "nowrap" },
});

interface RejectionTableProps {
  history: RejectionHistory;
  totals: { reason: RejectionReason; count: number }[];
  period: RejectionPeriod;
}

/** The chart's figures as a table, newest first. Hours or days without refused requests are left out. */
export function RejectionTable({ history, totals, period }: RejectionTableProps) {
  const styles = useStyles();
  const busy = history.slots.filter(({ counts }) => counts.some(({ count }) => count > 0)).toReversed();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label="Refused requests by time" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.head, styles.slot)}>
              {period === "30d" ? "Day" : "Hour"}
            </th>
            {totals.map(({ reason }) => (
              <th key={reason} scope="col" className={styles.head}>
                {rejectionAdvice[reason].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {busy.map((slot) => (
            <tr key={slot.from}>
              <th scope="row" className={mergeClasses(styles.cell, styles.slot)}>
                {slotHead(slot.from, period)}
              </th>
              {totals.map(({ reason }) => (
                <td key={reason} className={styles.cell}>
                  {countIn(slot, reason).toLocaleString("en")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
