import { PauseSection } from "./PauseSection.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import type { Answer } from "../api/client.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

/** Name, environment, thresholds, and whether events are processed at all. */
export function GeneralTab({ organization }: { organization: Answer<Organization> }) {
  return (
    <>
      <SettingsForm organization={organization} />
      <PauseSection organization={organization.body} />
    </>
  );
}
