import { PageHeader } from "../components/PageHeader.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { usePageTitle } from "../components/usePageTitle.ts";
import { useOrganizationOfAddress } from "../components/useOrganizationOfAddress.ts";
import { useScreenStyles } from "../components/useScreenStyles.ts";
import { portalPath } from "../shell/paths.ts";
import { LastRejections } from "./LastRejections.tsx";
import { RejectionsOverTime } from "./RejectionsOverTime.tsx";
import type { Me } from "../../../functions/contracts/me.ts";

/** The requests that were refused and never became events: when, why, and what to fix in Dynamics. */
export function RejectionsScreen({ organizations }: { organizations: Me["organizations"] }) {
  const styles = useScreenStyles();
  const { id, name } = useOrganizationOfAddress(organizations);
  usePageTitle("Refused requests", name);
  return (
    <div key={id} className={styles.root}>
      <PageHeader
        title="Refused requests"
        subtitle={name}
        side={<RouterLink to={portalPath(id)}>Event log</RouterLink>}
      />
      <RejectionsOverTime organizationId={id} />
      <LastRejections organizationId={id} />
    </div>
  );
}
