import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Send16Regular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { BusyButton } from "../components/BusyButton.tsx";
import { ConfirmButton } from "../components/ConfirmButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { Section } from "../components/Section.tsx";
import { TextField } from "../components/TextField.tsx";
import { SaveBar } from "../settings/SaveBar.tsx";
import { checkAddress } from "../settings/checks.ts";
import { useChangeOrganization } from "../settings/queries.ts";
import { useOrganizationDraft } from "../settings/useOrganizationDraft.ts";
import { deliveryLooks } from "./deliveryLooks.ts";
import { useAlertActions } from "./queries.ts";
import type { Answer } from "../api/client.ts";
import type { AlertOverview } from "../../../functions/contracts/alerts.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
  buttons: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
});

interface TeamsChannelProps {
  organization: Answer<Organization>;
  channel: AlertOverview["channel"];
}

/** Where the cards go. The address is a secret: it can be replaced, not seen. */
export function TeamsChannel({ organization, channel }: TeamsChannelProps) {
  const styles = useStyles();
  const { id, name, teamsHost } = organization.body;
  const { sendTest } = useAlertActions(id);
  const testing = useMutation({ mutationFn: sendTest });
  const removing = useChangeOrganization(id);
  const form = useOrganizationDraft(organization, () => ({ address: "" }));
  const { address } = form.draft;
  const fault = form.edited ? (checkAddress(address) ?? form.refused["teamsWebhookUrl"]) : undefined;
  return (
    <Section title="Teams channel">
      <Text>{whereTo(channel, teamsHost)}</Text>
      <form
        className={styles.form}
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (form.edited && !checkAddress(address)) void form.save({ teamsWebhookUrl: address.trim() });
        }}
      >
        <TextField
          label={teamsHost ? "Replace the address" : "Address of the organization's own channel"}
          type="url"
          hint="In Teams: Workflows > “Send webhook alerts to a channel”. Whoever has the address can post there, so it is not shown again."
          value={address}
          fault={fault ?? undefined}
          onChange={(value) => form.set("address", value)}
        />
        <SaveBar draft={form} />
      </form>
      <div className={styles.buttons}>
        <BusyButton
          busy={testing.isPending}
          icon={<Send16Regular />}
          disabledFocusable={channel === "none"}
          onClick={() => testing.mutate()}
        >
          Send test card
        </BusyButton>
        {teamsHost && (
          <ConfirmButton
            label="Remove the address"
            title={`Remove the Teams address of ${name}?`}
            confirm="Remove"
            act={() => removing.mutateAsync({ change: { teamsWebhookUrl: null }, etag: organization.etag })}
          >
            From then on cards go to the platform&rsquo;s channel, if it has one. The address cannot be shown
            again; to undo this you need it from Teams.
          </ConfirmButton>
        )}
      </div>
      {channel === "none" && <Text size={200}>A test card needs an address first.</Text>}
      {testing.error && <ProblemMessage error={testing.error} />}
      {testing.data && (
        <MessageBar intent={deliveryLooks[testing.data.result].intent} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{deliveryLooks[testing.data.result].label}</MessageBarTitle>
            {testing.data.answer}
          </MessageBarBody>
        </MessageBar>
      )}
    </Section>
  );
}

function whereTo(channel: AlertOverview["channel"], host: string | null): string {
  if (channel === "organization") return `Cards go to the organization's own channel at ${host ?? "Teams"}.`;
  if (channel === "platform")
    return "Cards go to the platform's channel: the organization has none of its own.";
  return "No one is told: neither the organization nor the platform has a channel. Alerts show only here.";
}
