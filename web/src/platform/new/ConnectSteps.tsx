import { Text } from "@fluentui/react-components";
import { Code } from "../../components/Code.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { Section } from "../../components/Section.tsx";
import { SetupSteps } from "../../settings/SetupSteps.tsx";
import { settingsPath } from "../../shell/paths.ts";
import { FirstEvent } from "./FirstEvent.tsx";
import { FirstKey } from "./FirstKey.tsx";
import type { Organization } from "../../../../functions/contracts/organizations.ts";

/** The way from an organization that exists to its first event. */
export function ConnectSteps({ organization }: { organization: Organization }) {
  const { id, name } = organization;
  return (
    <>
      <Section title="1. The organization">
        <Text>
          {name} exists, with the id <Code>{id}</Code>. Its name and environment can be changed in its{" "}
          <RouterLink to={settingsPath(id)}>settings</RouterLink>.
        </Text>
      </Section>
      <FirstKey organization={organization} />
      <SetupSteps organizationId={id} hasKey={organization.keys.length > 0} number={3} />
      <FirstEvent organization={organization} />
    </>
  );
}
