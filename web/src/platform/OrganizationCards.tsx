import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { HealthWhy } from "../components/HealthWhy.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { countOf, outcomes } from "../components/outcomes.ts";
import { portalPath } from "../shell/paths.ts";
import { duration } from "../time/format.ts";
import { percent } from "./percent.ts";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  card: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: "8px",
  },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** The organizations on a narrow window: each is a card. */
export function OrganizationCards({ organizations }: { organizations: PlatformOrganization[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Organizations">
      {organizations.map(({ id, name, health, lastSuccessAt, last24h, errorRate, queue }) => (
        <li key={id} className={styles.card}>
          <div className={styles.line}>
            <RouterLink to={portalPath(id)}>{name}</RouterLink>
            <HealthWhy health={health} of={name} />
          </div>
          <Text size={200} className={styles.minor}>
            Last success: {lastSuccessAt ? <RelativeTime at={lastSuccessAt} /> : "never"}
            {queue.oldestSeconds !== null && ` · oldest waiting ${duration(queue.oldestSeconds)}`}
          </Text>
          <Text size={200}>
            24 hours: {outcomes.map((outcome) => countOf(outcome, last24h[outcome])).join(", ")}
            {errorRate !== null && errorRate > 0 && ` (${percent(errorRate)} errors)`}
          </Text>
        </li>
      ))}
    </ul>
  );
}
