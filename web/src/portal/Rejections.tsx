import { Caption1, Text, makeStyles, tokens } from "@fluentui/react-components";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { Section } from "../components/Section.tsx";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  intro: { color: tokens.colorNeutralForeground2 },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "grid",
    gridTemplateColumns: "64px minmax(0, 1fr)",
    columnGap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  count: { textAlign: "end", fontVariantNumeric: "tabular-nums" },
});

/** The requests of the last 24 hours that were refused and never became events, and what to change in Dynamics. */
export function Rejections({ rejections }: Pick<PortalStatus, "rejections">) {
  const styles = useStyles();
  return (
    <Section title="Refused requests of the last 24 hours">
      <Caption1 className={styles.intro}>
        These requests reached the webhook address but never became events, so they are not in the log below.
      </Caption1>
      <ul className={styles.list}>
        {[...rejections]
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
                <Text>{rejectionAdvice[reason].whatToDo}</Text>
              </div>
            </li>
          ))}
      </ul>
    </Section>
  );
}
