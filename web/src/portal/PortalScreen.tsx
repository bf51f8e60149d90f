import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { organizationPath, usePortalStatus } from "../api/queries.ts";
import { HealthWhy } from "../components/HealthWhy.tsx";
import { LoadingRows } from "../components/LoadingRows.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { UpdatedAt } from "../components/UpdatedAt.tsx";
import { useOrganizationOfAddress } from "../components/useOrganizationOfAddress.ts";
import { usePageTitle } from "../components/usePageTitle.ts";
import { EventLog } from "../events/EventLog.tsx";
import { FirstUse } from "../events/FirstUse.tsx";
import { NothingKept } from "../events/NothingKept.tsx";
import { StatusPanel } from "./StatusPanel.tsx";
import { statusVersion } from "./statusVersion.ts";
import type { Me } from "../../../functions/contracts/me.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
});

/** One organization's portal integration: whether it works, and every event it received. */
export function PortalScreen({ organizations }: { organizations: Me["organizations"] }) {
  const { id, name } = useOrganizationOfAddress(organizations);
  return <OrganizationPortal key={id} id={id} name={name} />;
}

function OrganizationPortal({ id, name }: { id: string; name: string }) {
  const styles = useStyles();
  usePageTitle("Portal integration", name);
  const { data: status, dataUpdatedAt, error, refetch } = usePortalStatus(id);
  const known = Boolean(status?.lastEventAt);
  const firstUse = useMemo(() => (known ? <NothingKept /> : <FirstUse organizationId={id} />), [known, id]);
  return (
    <div className={styles.root}>
      <PageHeader
        title="Portal integration"
        subtitle={name}
        beside={status && <HealthWhy health={status.health} />}
        side={status && <UpdatedAt at={status.asOf} readAt={dataUpdatedAt} failed={error !== null} />}
      />
      {error && (
        <ProblemMessage
          error={error}
          retry={refetch}
          {...(status ? { stillShown: "The figures below are the last that could be read." } : {})}
        />
      )}
      {status && <StatusPanel status={status} />}
      {!status && !error && <LoadingRows what="the sync status" rows={8} />}
      {(status || !error) && (
        <EventLog
          path={`${organizationPath(id)}/events`}
          version={status ? statusVersion(status) : null}
          firstUse={firstUse}
          organizationId={id}
        />
      )}
    </div>
  );
}
