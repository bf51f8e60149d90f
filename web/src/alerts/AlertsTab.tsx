import { makeStyles, tokens } from "@fluentui/react-components";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { AlertCard } from "./AlertCard.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { TeamsChannel } from "./TeamsChannel.tsx";
import { useAlerts } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  grid: {
    display: "grid",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
    gridTemplateColumns: "minmax(0, 5fr) minmax(0, 7fr)",
    "@media (max-width: 1023.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
});

/** The rules that watch an organization, the channel that is told, and what was sent there. */
export function AlertsTab({ organization }: { organization: Answer<Organization> }) {
  const styles = useStyles();
  const { data, error, refetch } = useAlerts(organization.body.id);
  return (
    <>
      {error && (
        <ProblemMessage
          error={error}
          retry={refetch}
          {...(data ? { stillShown: "The alerts below are the last that could be read." } : {})}
        />
      )}
      {!data && !error && <LoadingRows what="the alerts" rows={8} />}
      {data && (
        <>
          <Section title="Rules">
            <ul className={styles.list} aria-label="Alert rules">
              {data.alerts.map((alert) => (
                <AlertCard key={alert.rule} alert={alert} organization={organization} />
              ))}
            </ul>
          </Section>
          <div className={styles.grid}>
            <TeamsChannel organization={organization} channel={data.channel} />
            <Deliveries deliveries={data.deliveries} />
          </div>
        </>
      )}
    </>
  );
}
