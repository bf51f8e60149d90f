import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { Code } from "../../components/Code.tsx";
import { RouterLink } from "../../components/RouterLink.tsx";
import { Section } from "../../components/Section.tsx";
import { SetupSteps } from "../../settings/SetupSteps.tsx";
import { headerHeight } from "../../shell/layout.ts";
import { settingsPath } from "../../shell/paths.ts";
import { FirstEvent } from "./FirstEvent.tsx";
import { FirstKey } from "./FirstKey.tsx";
import type { Organization } from "../../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 400px",
    alignItems: "start",
    gap: tokens.spacingHorizontalL,
    overflowWrap: "anywhere",
    "@media (max-width: 1199.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  steps: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, minWidth: 0 },
  // What is waited for stays in sight while the steps are read.
  event: {
    position: "sticky",
    top: `${headerHeight + 16}px`,
    "@media (max-width: 1199.98px)": { position: "static" },
  },
});

/** The way from an organization that exists to its first event. */
export function ConnectSteps({ organization }: { organization: Organization }) {
  const styles = useStyles();
  const { id, name } = organization;
  return (
    <div className={styles.root}>
      <div className={styles.steps}>
        <Section title="1. The organization">
          <Text>
            {name} exists, with the id <Code>{id}</Code>. Its name and environment can be changed in its{" "}
            <RouterLink to={settingsPath(id)}>settings</RouterLink>.
          </Text>
        </Section>
        <FirstKey organization={organization} />
        <SetupSteps organization={organization} number={3} />
      </div>
      <div className={styles.event}>
        <FirstEvent organization={organization} />
      </div>
    </div>
  );
}
