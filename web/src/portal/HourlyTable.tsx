import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { outcomeLabel, outcomes } from "../components/outcomes.ts";
import { shortTime } from "../time/format.ts";
import { chartHeight } from "./chartHeight.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  scroll: { maxHeight: `${chartHeight}px`, overflowY: "auto" },
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
  hour: { textAlign: "start", fontWeight: tokens.fontWeightRegular },
});

interface HourlyTableProps {
  hourly: PortalStatus["hourly"];
  showHour: (hour: string) => void;
}

/** The chart's figures as a table, newest hour first. Hours without events are left out. */
export function HourlyTable({ hourly, showHour }: HourlyTableProps) {
  const styles = useStyles();
  const busy = hourly.filter((hour) => outcomes.some((outcome) => hour[outcome] > 0)).toReversed();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label="Events by hour" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.head, styles.hour)}>
              Hour
            </th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col" className={styles.head}>
                {outcomeLabel[outcome]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {busy.map((counts) => (
            <tr key={counts.hour}>
              <th scope="row" className={mergeClasses(styles.cell, styles.hour)}>
                <Link as="button" onClick={() => showHour(counts.hour)}>
                  {shortTime(Date.parse(counts.hour))}
                </Link>
              </th>
              {outcomes.map((outcome) => (
                <td key={outcome} className={styles.cell}>
                  {counts[outcome].toLocaleString("en")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
