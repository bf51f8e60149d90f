import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { explain } from "../../api/problem.ts";
import { BusyButton } from "../../components/BusyButton.tsx";
import { ProblemMessage } from "../../components/ProblemMessage.tsx";
import { Section } from "../../components/Section.tsx";
import { TextField } from "../../components/TextField.tsx";
import { faultsOf } from "../../settings/checks.ts";
import { useCreateOrganization } from "../../settings/queries.ts";
import { emptyDraft, newOrganizationChecks, toNewOrganization, withId } from "./newOrganizationDraft.ts";
import type { NewOrganizationDraft } from "./newOrganizationDraft.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, maxWidth: "560px" },
  minor: { color: tokens.colorNeutralForeground2 },
  button: { alignSelf: "flex-start" },
});

/** Asks for what an organization needs, and makes it. */
export function OrganizationForm({ created }: { created: (id: string) => void }) {
  const styles = useStyles();
  const [draft, setDraft] = useState<NewOrganizationDraft>(emptyDraft);
  const [asked, setAsked] = useState(false);
  const creating = useCreateOrganization();
  const shown = withId(draft);
  const faults = faultsOf(shown, newOrganizationChecks);
  const problem = creating.error ? explain(creating.error) : null;
  const refused = Object.fromEntries((problem?.errors ?? []).map(({ field, message }) => [field, message]));
  if (problem?.code === "organization.exists") refused["id"] = problem.detail;
  const set = (change: Partial<NewOrganizationDraft>): void => setDraft({ ...draft, ...change });
  const fault = (field: keyof NewOrganizationDraft): string | undefined =>
    (asked ? faults[field] : undefined) ?? refused[field];
  const create = (): void => {
    setAsked(true);
    if (Object.keys(faults).length > 0 || creating.isPending) return;
    creating.mutate(toNewOrganization(draft), { onSuccess: ({ body }) => created(body.id) });
  };
  return (
    <Section title="1. The organization">
      <form
        className={styles.form}
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          create();
        }}
      >
        <TextField
          label="Name"
          required
          value={draft.name}
          fault={fault("name")}
          onChange={(name) => set({ name })}
        />
        <TextField
          label="Id"
          required
          hint="Part of the webhook address. It cannot be changed later."
          value={shown.id}
          fault={fault("id")}
          onChange={(id) => set({ id })}
        />
        <TextField
          label="Dynamics organization id"
          required
          hint="In Power Platform admin center, open the environment and copy its Organization ID. Events of another environment are refused."
          placeholder="00000000-0000-0000-0000-000000000000"
          value={draft.dynamicsOrganizationId}
          fault={fault("dynamicsOrganizationId")}
          onChange={(dynamicsOrganizationId) => set({ dynamicsOrganizationId })}
        />
        <TextField
          label="Address of the Dynamics environment"
          type="url"
          hint="Rows that Dynamics sends without content are read from here. Can be added later."
          placeholder="https://contoso.crm4.dynamics.com"
          value={draft.environmentUrl}
          fault={fault("environmentUrl")}
          onChange={(environmentUrl) => set({ environmentUrl })}
        />
        <TextField
          label="Entra group of the administrators"
          hint="Object id of the group. Without one only global administrators see the organization. Can be added later."
          placeholder="00000000-0000-0000-0000-000000000000"
          value={draft.adminGroupId}
          fault={fault("adminGroupId")}
          onChange={(adminGroupId) => set({ adminGroupId })}
        />
        {creating.error && <ProblemMessage error={creating.error} />}
        <BusyButton className={styles.button} type="submit" appearance="primary" busy={creating.isPending}>
          Create the organization
        </BusyButton>
        <Caption1 className={styles.minor}>
          Next: a webhook key, the set-up in Dynamics, and the first event. You can leave at any time and go
          on from the platform screen.
        </Caption1>
      </form>
    </Section>
  );
}
