import { Badge, Text, makeStyles, tokens } from "@fluentui/react-components";
import { MailInboxRegular } from "@fluentui/react-icons";
import { EmptyState } from "../components/EmptyState.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { Section } from "../components/Section.tsx";
import { localTime } from "../time/format.ts";
import { deliveryKinds, deliveryLooks } from "./deliveryLooks.ts";
import type { AlertDelivery } from "../../../functions/contracts/alerts.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  item: {
    display: "flex",
    flexDirection: "column",
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** The last tries at telling Teams, each with its answer. */
export function Deliveries({ deliveries }: { deliveries: AlertDelivery[] }) {
  const styles = useStyles();
  return (
    <Section title="Last cards">
      {deliveries.length === 0 ? (
        <EmptyState
          icon={<MailInboxRegular />}
          title="No card was sent yet"
          text="A card goes out when a rule begins to fire, when it cannot be checked and when it recovers. Send a test card to see that it arrives."
        />
      ) : (
        <ul className={styles.list} aria-label="Last cards">
          {deliveries.map(({ id, at, title, kind, result, answer, nextTryAt }) => (
            <li key={id} className={styles.item}>
              <span className={styles.head}>
                <Badge appearance="tint" color={deliveryLooks[result].color}>
                  {deliveryLooks[result].label}
                </Badge>
                <Text weight="semibold">{title}</Text>
              </span>
              <Text size={200} className={styles.minor}>
                {deliveryKinds[kind]} · <RelativeTime at={at} />
                {nextTryAt && ` · next try on ${localTime(Date.parse(nextTryAt))}`}
              </Text>
              <Text size={200}>{answer}</Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
