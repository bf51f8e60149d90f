import { Text, makeStyles } from "@fluentui/react-components";
import { Key20Regular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { BusyButton } from "../../components/BusyButton.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { Section } from "../../components/Section.tsx";
import { ShownOnce } from "../../settings/ShownOnce.tsx";
import { isAccepted } from "../../settings/keyState.ts";
import { useOrganizationActions } from "../../settings/queries.ts";
import { useClockText } from "../../time/clock.ts";
import type { Organization } from "../../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({ button: { alignSelf: "flex-start" } });

/** Makes the first key and shows it once. Who comes back later is told of the first that is still valid. */
export function FirstKey({ organization: { id, keys } }: { organization: Organization }) {
  const styles = useStyles();
  const { createKey } = useOrganizationActions(id);
  const creating = useMutation({ mutationFn: createKey });
  const firstId = useClockText((now) => keys.find((key) => isAccepted(key, now))?.keyId ?? "");
  const first = keys.find(({ keyId }) => keyId === firstId);
  return (
    <Section title="2. A webhook key">
      {creating.data ? (
        <ShownOnce created={creating.data} />
      ) : (
        <>
          {first ? (
            <Text>
              There is a key already, “{first.name}”, created <RelativeTime at={first.createdAt} />. It cannot
              be shown again. When you no longer have it, create another one: both are valid until you revoke
              one.
            </Text>
          ) : (
            <Text>
              Dynamics proves with a key that its events are this organization&rsquo;s. The key is shown once,
              right here. Copy it then: the script of step 3 asks for it and puts it into Dynamics.
            </Text>
          )}
          <BusyButton
            className={styles.button}
            appearance={first ? "secondary" : "primary"}
            busy={creating.isPending}
            icon={<Key20Regular />}
            onClick={() => creating.mutate({ name: first ? "Dynamics, new" : "Dynamics", expiresAt: null })}
          >
            {first ? "Create another key" : "Create the key"}
          </BusyButton>
          {creating.error && <ProblemMessage error={creating.error} />}
        </>
      )}
    </Section>
  );
}
