import { Field, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { HealthWhy } from "../components/HealthWhy.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { countOf, outcomes } from "../components/outcomes.ts";
import { waitOf } from "../components/wait.ts";
import { newOrganizationPath, portalPath } from "../shell/paths.ts";
import { OrganizationAlerts } from "./OrganizationAlerts.tsx";
import { sortings } from "./organizationList.ts";
import { percent } from "./percent.ts";
import type { OrganizationList, Sorting } from "./organizationList.ts";
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
  name: { minWidth: 0, overflowWrap: "anywhere" },
  alerts: { display: "flex", alignItems: "baseline", columnGap: "8px" },
  minor: { color: tokens.colorNeutralForeground2 },
});

interface OrganizationCardsProps {
  organizations: PlatformOrganization[];
  list: OrganizationList;
  change: (change: Partial<OrganizationList>) => void;
}

/** The organizations on a narrow window: each is a card. */
export function OrganizationCards({ organizations, list, change }: OrganizationCardsProps) {
  const styles = useStyles();
  return (
    <>
      <Field label="Order">
        <Select
          value={list.sort}
          onChange={(_, { value }) => change({ sort: value as Sorting, reverse: false })}
        >
          {Object.entries(sortings).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <ul className={styles.list} aria-label="Organizations">
        {organizations.map((organization) => (
          <OrganizationCard key={organization.id} organization={organization} />
        ))}
      </ul>
    </>
  );
}

/** Drawn again only when its own figures change: the screen is read every two seconds. */
const OrganizationCard = memo(function OrganizationCard({
  organization,
}: {
  organization: PlatformOrganization;
}) {
  const styles = useStyles();
  const { id, name, health, lastSuccessAt, last24h, errorRate, queue } = organization;
  const wait = waitOf(queue);
  return (
    <li className={styles.card}>
      <div className={styles.line}>
        <span className={styles.name}>
          <RouterLink to={portalPath(id)}>{name}</RouterLink>
        </span>
        <HealthWhy health={health} of={name} />
      </div>
      {health.state === "neverConnected" && (
        <RouterLink to={newOrganizationPath(id)} label={`Connect ${name}`}>
          Connect
        </RouterLink>
      )}
      {organization.alerts?.length !== 0 && (
        <Text size={200} className={styles.alerts}>
          Alerts: <OrganizationAlerts organization={organization} />
        </Text>
      )}
      <Text size={200} className={styles.minor}>
        Last success: {lastSuccessAt ? <RelativeTime at={lastSuccessAt} /> : "never"}
        {wait && ` · oldest waiting: ${wait.toLowerCase()}`}
      </Text>
      <Text size={200}>
        24 hours: {outcomes.map((outcome) => countOf(outcome, last24h[outcome])).join(", ")}
        {errorRate !== null && errorRate > 0 && ` (${percent(errorRate)} errors)`}
      </Text>
    </li>
  );
});
