import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import type { RejectionReason } from "../../../functions/contracts/rejections.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "grid",
    gridTemplateColumns: "64px minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  minor: { color: tokens.colorNeutralForeground2 },
  count: { textAlign: "end", fontVariantNumeric: "tabular-nums" },
});

/** For each reason how often it occurred, and what to change in Dynamics, the most frequent first. */
export function RejectionReasons({ totals }: { totals: { reason: RejectionReason; count: number }[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Reasons and what to do">
      {[...totals]
        .sort((a, b) => b.count - a.count)
        .map(({ reason, count }) => (
          <li key={reason} className={styles.item}>
            <Text size={400} weight="semibold" className={styles.count}>
              {count.toLocaleString("en")}
            </Text>
            <div>
              <Text weight="semibold" block>
                {rejectionAdvice[reason].title}
              </Text>
              <Text block className={styles.minor}>
                {rejectionAdvice[reason].whatHappened}
              </Text>
              <Text block>{rejectionAdvice[reason].whatToDo}</Text>
              <Text size={200} className={styles.minor}>
                Who can: {rejectionAdvice[reason].owner}
              </Text>
            </div>
          </li>
        ))}
    </ul>
  );
}
