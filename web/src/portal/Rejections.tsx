import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { RouterLink } from "../components/RouterLink.tsx";
import { Section } from "../components/Section.tsx";
import { RejectionReasons } from "../rejections/RejectionReasons.tsx";
import { rejectionsPath } from "../shell/paths.ts";
import type { PortalStatus } from "../../../functions/contracts/portal.ts";

const useStyles = makeStyles({ intro: { color: tokens.colorNeutralForeground2 } });

/** The requests of the last 24 hours that were refused and never became events, and what to change in Dynamics. */
export function Rejections({
  organizationId,
  rejections,
}: Pick<PortalStatus, "organizationId" | "rejections">) {
  return (
    <Section
      title="Refused requests of the last 24 hours"
      actions={<RouterLink to={rejectionsPath(organizationId)}>When, and the last requests</RouterLink>}
    >
      <Caption1 className={useStyles().intro}>
        These requests reached the webhook address but never became events, so they are not in the log below.
      </Caption1>
      <RejectionReasons totals={rejections} />
    </Section>
  );
}
