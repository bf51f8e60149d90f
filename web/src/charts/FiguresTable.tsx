import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { chartHeight } from "./chartHeight.ts";
import type { ReactNode } from "react";

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
  time: { textAlign: "start", fontWeight: tokens.fontWeightRegular, whiteSpace: "nowrap" },
});

interface FiguresTableProps {
  label: string;
  /** Heads of the columns: that of the time first, then one for each figure. */
  heads: [string, ...string[]];
  /** Oldest first. */
  rows: { key: string; time: ReactNode; figures: number[] }[];
}

/** A chart's figures as a table, newest first. Times without any are left out. */
export function FiguresTable({ label, heads: [timeHead, ...heads], rows }: FiguresTableProps) {
  const styles = useStyles();
  const busy = rows.filter(({ figures }) => figures.some((figure) => figure > 0)).toReversed();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.head, styles.time)}>
              {timeHead}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className={styles.head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {busy.map(({ key, time, figures }) => (
            <tr key={key}>
              <th scope="row" className={mergeClasses(styles.cell, styles.time)}>
                {time}
              </th>
              {figures.map((figure, column) => (
                <td key={heads[column]} className={styles.cell}>
                  {figure.toLocaleString("en")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
