import { makeStyles, tokens } from "@fluentui/react-components";
import { BuildingMultipleRegular } from "@fluentui/react-icons";
import { usePlatformStatus } from "../api/queries.ts";
import { EmptyState } from "../components/EmptyState.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { EventLog } from "../events/EventLog.tsx";
import { useFilter } from "../events/useFilter.ts";
import { FiguresAge } from "./FiguresAge.tsx";
import { OrganizationsSection } from "./OrganizationsSection.tsx";
import { PlatformTotals } from "./PlatformTotals.tsx";
import { platformVersion } from "./platformVersion.ts";
import type { Me } from "../../../functions/contracts/me.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
});

const noEvents = (
  <EmptyState
    icon={<BuildingMultipleRegular />}
    title="No events yet"
    text="Open an organization to see how its Dynamics environment is connected."
  />
);

/** The whole platform: totals, one line per organization, and the events of all of them. */
export function PlatformScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useStyles();
  usePageTitle("Platform");
  const { filter } = useFilter();
  const { data: status, error, refetch } = usePlatformStatus();
  return (
    <div className={styles.root}>
      <PageHeader
        title="Platform"
        subtitle="All organizations"
        side={status && <FiguresAge asOf={status.asOf} />}
      />
      {error && (
        <ProblemMessage
          error={error}
          retry={refetch}
          {...(status ? { stillShown: "The figures below are the last that could be read." } : {})}
        />
      )}
      {!status && !error && <LoadingRows what="the platform's status" rows={8} />}
      {status && <PlatformTotals totals={status.totals} refused={status.rejectionsWithoutOrganization} />}
      {status && (
        <OrganizationsSection organizations={status.organizations} alertsCheckedAt={status.alertsCheckedAt} />
      )}
      {(status || !error) && (
        <EventLog
          path="/platform/events"
          version={status ? platformVersion(status, filter.organizationId) : null}
          organizationId={null}
          organizations={organizations}
          firstUse={noEvents}
        />
      )}
    </div>
  );
}
