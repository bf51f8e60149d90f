import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { KeyRegular } from "@fluentui/react-icons";
import { useApi, webhookAddress } from "../api/ApiContext.ts";
import { CopyableText } from "../components/CopyableText.tsx";
import { EmptyState } from "../components/EmptyState.tsx";
import { Section } from "../components/Section.tsx";
import { NewKeyDialog } from "./NewKeyDialog.tsx";
import { KeyList } from "./KeyList.tsx";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  minor: { color: tokens.colorNeutralForeground2 },
  steps: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalXL,
    display: "grid",
    rowGap: tokens.spacingVerticalXS,
  },
});

/** The address that Dynamics sends to, and the keys that it may use. */
export function KeysTab({ organization }: { organization: Organization }) {
  const styles = useStyles();
  const { baseUrl } = useApi();
  return (
    <>
      <Section title="Webhook address">
        <CopyableText text={webhookAddress(baseUrl, organization.id)} what="webhook address" />
        <Text className={styles.minor}>
          Dynamics sends its changes to this address. It needs one of the keys below; the address alone opens
          nothing.
        </Text>
      </Section>
      <Section title="Webhook keys" actions={<NewKeyDialog organizationId={organization.id} />}>
        {organization.keys.length > 0 ? (
          <KeyList organization={organization} />
        ) : (
          <EmptyState
            icon={<KeyRegular />}
            title="No key yet"
            text="Without a key every webhook is refused. Create one, and enter it in the service endpoint in Dynamics."
          />
        )}
      </Section>
      <Section title="Change a key without losing an event">
        <Text>
          Several keys are valid at the same time, so that the old one works until the new one is in place:
        </Text>
        <ol className={styles.steps}>
          <li>Create a new key here.</li>
          <li>
            Run the script of “Set up Dynamics” again with it, or enter it in the service endpoint in
            Dynamics.
          </li>
          <li>Change a record there, and see that “Last used” of the new key is recent.</li>
          <li>Revoke the old key. It is refused within 30 seconds.</li>
        </ol>
      </Section>
    </>
  );
}
