import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { PauseCircle20Regular, PlayCircle20Regular } from "@fluentui/react-icons";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { Section } from "../components/Section.tsx";
import { useOrganizationActions } from "./queries.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  button: { alignSelf: "flex-start" },
  list: { marginBottom: tokens.spacingVerticalS },
});

/** Pauses the processing of events, and resumes it. */
export function PauseSection({ organization }: { organization: Organization }) {
  const styles = useStyles();
  const { pause, resume } = useOrganizationActions(organization.id);
  const paused = organization.state === "paused";
  return (
    <Section title={paused ? "Processing is paused" : "Processing"}>
      <Text>
        {paused
          ? "Events keep arriving and are kept, but nothing is carried over. Resume to process what was kept."
          : "Events are processed as they arrive. Pause before maintenance on either side, or when wrong data comes in."}
      </Text>
      <div className={styles.button}>
        {paused ? (
          <ConfirmButton
            label="Resume"
            icon={<PlayCircle20Regular />}
            title={`Resume ${organization.name}?`}
            confirm="Resume"
            act={resume}
          >
            <ul className={styles.list}>
              <li>The events that were kept are processed in the order in which they arrived.</li>
              <li>
                New events are processed as they arrive, also meanwhile. An older change never replaces a
                newer value.
              </li>
              <li>The audit log says that you resumed it.</li>
            </ul>
          </ConfirmButton>
        ) : (
          <ConfirmButton
            label="Pause"
            icon={<PauseCircle20Regular />}
            title={`Pause ${organization.name}?`}
            confirm="Pause"
            act={pause}
          >
            <ul className={styles.list}>
              <li>Webhooks are still accepted, and every event is kept. In the log it shows as skipped.</li>
              <li>
                Within 30 seconds nothing is carried over any more: the records stay as they are until you
                resume.
              </li>
              <li>A replay that is running is stopped. What it did stays.</li>
              <li>When you resume, what was kept is processed in the order in which it arrived.</li>
            </ul>
          </ConfirmButton>
        )}
      </div>
    </Section>
  );
}
