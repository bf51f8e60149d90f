import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Switch,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Edit16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { RouterLink } from "../components/RouterLink.tsx";
import { TextField } from "../components/TextField.tsx";
import { SaveBar } from "../settings/SaveBar.tsx";
import { useOrganizationDraft } from "../settings/useOrganizationDraft.ts";
import { settingsPath } from "../shell/paths.ts";
import { ruleFaults, ruleFields, toRuleDraft, withRule } from "./ruleFields.ts";
import type { Answer } from "../api/client.ts";
import type { RuleDraft } from "./ruleFields.ts";
import type { AlertRule } from "../../../functions/contracts/alerts.ts";
import type { Organization } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
});

interface RuleDialogProps {
  rule: AlertRule;
  title: string;
  organization: Answer<Organization>;
}

/** Changes when a rule fires, or that it does at all. */
export function RuleDialog(props: RuleDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={(_, { open }) => setOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" icon={<Edit16Regular />} aria-label={`Change ${props.title}`}>
          Change
        </Button>
      </DialogTrigger>
      <DialogSurface>{open && <RuleForm {...props} close={() => setOpen(false)} />}</DialogSurface>
    </Dialog>
  );
}

function RuleForm({ rule, title, organization, close }: RuleDialogProps & { close: () => void }) {
  const styles = useStyles();
  const form = useOrganizationDraft<RuleDraft>(organization, ({ alerts }) => toRuleDraft(alerts, rule));
  const { draft } = form;
  const faults = ruleFaults(rule, draft);
  const { id, silenceHours, alerts } = form.stored;
  const save = async (): Promise<void> => {
    if (await form.save({ alerts: withRule(alerts, rule, draft) })) close();
  };
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (form.edited && !form.saving && Object.keys(faults).length === 0) void save();
      }}
    >
      <DialogBody>
        <DialogTitle
          action={
            <Button appearance="subtle" onClick={close}>
              Close
            </Button>
          }
        >
          {title}
        </DialogTitle>
        <DialogContent className={styles.content}>
          <Switch
            label={draft.enabled === "true" ? "Watched" : "Off"}
            checked={draft.enabled === "true"}
            onChange={(_, { checked }) => form.set("enabled", String(checked))}
          />
          {ruleFields[rule].map(({ name, label }) => (
            <TextField
              key={name}
              label={label}
              type="number"
              value={draft[name] ?? ""}
              fault={faults[name] ?? form.refused[`alerts.${rule}.${name}`]}
              onChange={(value) => form.set(name, value)}
            />
          ))}
          {(rule === "errorRate" || rule === "rejectionRate") && (
            <Text>
              It recovers below 80 % of one of these limits, so that a rate around a limit is one alert and
              not many.
            </Text>
          )}
          {rule === "silence" && (
            <Text>
              It fires after {silenceHours} hours without an event.{" "}
              <RouterLink to={settingsPath(id)}>Change the hours</RouterLink>
            </Text>
          )}
          <SaveBar draft={form} />
        </DialogContent>
      </DialogBody>
    </form>
  );
}
