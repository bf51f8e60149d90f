import { Caption1, Text, makeStyles, tokens } from "@fluentui/react-components";
import { CopyableText } from "../components/CopyableText.tsx";
import { Section } from "../components/Section.tsx";
import { TextField } from "../components/TextField.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { faultsOf } from "./checks.ts";
import { useIsGlobal } from "./queries.ts";
import { bindings, changeOf, settingChecks, settingLabels, toDraft } from "./settingsDraft.ts";
import { useOrganizationDraft } from "./useOrganizationDraft.ts";
import type { Answer } from "../api/client.ts";
import type { SettingsDraft } from "./settingsDraft.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
  fields: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, maxWidth: "560px" },
  facts: {
    margin: 0,
    display: "grid",
    gridTemplateColumns: "minmax(0, 240px) minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    "@media (max-width: 639.98px)": {
      gridTemplateColumns: "minmax(0, 1fr)",
      rowGap: tokens.spacingVerticalXXS,
    },
  },
  label: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: "anywhere" },
  reason: { color: tokens.colorNeutralForeground2 },
});

const hints: Partial<Record<keyof SettingsDraft, string>> = {
  dynamicsOrganizationId:
    "In Power Platform admin center: the environment's Organization ID. Events of another environment are refused.",
  environmentUrl: "Rows that Dynamics sends without content are read from here.",
  environmentTenantId: "Only where the environment belongs to another tenant than this platform.",
  adminGroupId: "Object id of the group. Its members with the role Organization.Admin see this organization.",
  silenceHours: "From 1 hour to 30 days (720). Longer than the longest quiet time that is normal here.",
  retentionDays:
    "From 7 to 400 days. Older events leave the log and can no longer be replayed; records stay.",
};

/** The settings with one button that saves what was changed. */
export function SettingsForm({ organization }: { organization: Answer<Organization> }) {
  const styles = useStyles();
  const global = useIsGlobal();
  const form = useOrganizationDraft(organization, toDraft);
  const faults = faultsOf(form.draft, settingChecks);
  const field = (name: keyof SettingsDraft, type: "text" | "number" | "url" = "text") => (
    <TextField
      label={settingLabels[name]}
      type={type}
      hint={hints[name]}
      value={form.draft[name]}
      fault={name in form.edits ? (faults[name] ?? form.refused[name]) : form.refused[name]}
      onChange={(value) => form.set(name, value)}
    />
  );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (form.edited && !form.saving && Object.keys(faults).length === 0)
          void form.save(changeOf(form.edits));
      }}
    >
      <Section title="Organization">
        {global ? (
          <div className={styles.fields}>
            {field("name")}
            {field("dynamicsOrganizationId")}
            {field("environmentUrl", "url")}
            {field("environmentTenantId")}
            {field("adminGroupId")}
          </div>
        ) : (
          <>
            <Caption1 className={styles.reason}>
              Only global administrators can change these settings: they decide whose data this organization
              sees.
            </Caption1>
            <dl className={styles.facts}>
              {bindings.map((name) => (
                <Fact key={name} label={settingLabels[name]} value={form.draft[name]} />
              ))}
            </dl>
          </>
        )}
        <Text size={200} className={styles.reason}>
          Id: <CopyableText text={form.stored.id} what="organization id" />
        </Text>
      </Section>
      <Section title="Events">
        <div className={styles.fields}>
          {field("silenceHours", "number")}
          {field("retentionDays", "number")}
        </div>
        <SaveBar draft={form} />
      </Section>
    </form>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  const styles = useStyles();
  return (
    <>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{value || "Not set"}</dd>
    </>
  );
}
