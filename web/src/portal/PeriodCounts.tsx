import { Link, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useLocation } from "react-router";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { countOf, outcomes } from "../components/outcomes.ts";
import { onPlainClick } from "../components/useFollow.ts";
import { Why } from "../components/Why.tsx";
import { countFilter, writeFilter } from "../events/eventFilter.ts";
import { periods as allPeriods } from "../time/periods.ts";
import { countsReason } from "./reasons.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { Period, PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  caption: {
    textAlign: "start",
    color: tokens.colorNeutralForeground2,
    paddingBottom: tokens.spacingVerticalXS,
  },
  outcome: { width: "104px", textAlign: "start" },
  head: {
    textAlign: "end",
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, height: "40px" },
  cell: { textAlign: "end", padding: 0 },
  number: { fontSize: tokens.fontSizeBase400, fontVariantNumeric: "tabular-nums" },
  none: { color: tokens.colorNeutralForeground3 },
});

const short: Record<Period, string> = { "1h": "1 h", "24h": "24 h", "7d": "7 d", "30d": "30 d" };

interface PeriodCountsProps {
  periods: PortalStatus["periods"];
  show: (period: Period, outcome: Outcome) => void;
}

/** How many events there were in each rolling period, by outcome. A number shows the events that it counts. */
export function PeriodCounts({ periods, show }: PeriodCountsProps) {
  const styles = useStyles();
  const { pathname } = useLocation();
  const addressOf = (period: Period, outcome: Outcome): string => {
    const search = writeFilter(new URLSearchParams(), countFilter(period, outcome));
    return `${pathname}?${search.toString()}`;
  };
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>
        Events received in the last … <Why reason={countsReason(periods)} label="How events are counted" />
      </caption>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.outcome)}>
            Outcome
          </th>
          {allPeriods.map(({ period, label }) => (
            <th key={period} scope="col" abbr={label} className={styles.head}>
              {short[period]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {outcomes.map((outcome) => (
          <tr key={outcome} className={styles.row}>
            <th scope="row" className={styles.outcome}>
              <OutcomeBadge outcome={outcome} />
            </th>
            {allPeriods.map(({ period, inTheLast }) => {
              const count = periods.find((entry) => entry.period === period)?.[outcome] ?? 0;
              return (
                <td key={period} className={styles.cell}>
                  {count === 0 ? (
                    <Text className={mergeClasses(styles.number, styles.none)}>0</Text>
                  ) : (
                    <Link
                      href={addressOf(period, outcome)}
                      className={styles.number}
                      aria-label={`${countOf(outcome, count)} ${inTheLast}`}
                      onClick={onPlainClick(() => show(period, outcome))}
                    >
                      {count.toLocaleString("en")}
                    </Link>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
