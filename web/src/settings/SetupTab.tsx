import { SetupSteps } from "./SetupSteps.tsx";
import type { Organization } from "../../../functions/contracts/organizations.ts";

/** How to make the organization's Dynamics send its changes here. */
export function SetupTab({ organization }: { organization: Organization }) {
  return <SetupSteps organization={organization} />;
}
