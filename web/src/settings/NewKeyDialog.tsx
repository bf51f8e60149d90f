import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Select,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Add16Regular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { BusyButton } from "../components/BusyButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { TextField } from "../components/TextField.tsx";
import { ShownOnce } from "./ShownOnce.tsx";
import { expiryChoices, readExpiry } from "./keyExpiry.ts";
import { useOrganizationActions } from "./queries.ts";
import type { ExpiryChoice } from "./keyExpiry.ts";
import type { UseMutationResult } from "@tanstack/react-query";
import type { CreatedKey, NewKey } from "../../../functions/contracts/organizations.ts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
});

/** The button that creates a key, and the dialog that asks for its name and shows it once. */
export function NewKeyDialog({ organizationId }: { organizationId: string }) {
  const { createKey } = useOrganizationActions(organizationId);
  const creating = useMutation({ mutationFn: createKey });
  const [open, setOpen] = useState(false);
  // Set by the click itself: that the creation is pending is only known a moment later.
  const [mustStay, setMustStay] = useState(false);
  const create = (key: NewKey): void => {
    setMustStay(true);
    creating.mutate(key, { onError: () => setMustStay(false) });
  };
  const close = (): void => {
    setOpen(false);
    setMustStay(false);
    creating.reset();
  };
  return (
    // Neither a click beside it nor the Escape key must take away what is shown only once.
    <Dialog
      modalType="alert"
      open={open}
      onOpenChange={(_, { open }) => {
        if (open) setOpen(true);
        else if (!mustStay) close();
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button size="small" appearance="primary" icon={<Add16Regular />}>
          New key
        </Button>
      </DialogTrigger>
      <DialogSurface>{open && <KeyForm {...{ creating, create, close }} />}</DialogSurface>
    </Dialog>
  );
}

interface KeyFormProps {
  creating: UseMutationResult<CreatedKey, Error, NewKey>;
  create: (key: NewKey) => void;
  close: () => void;
}

function KeyForm({ creating, create, close }: KeyFormProps) {
  const styles = useStyles();
  const [name, setName] = useState("");
  const [choice, setChoice] = useState<ExpiryChoice>("365");
  const [date, setDate] = useState("");
  const [faults, setFaults] = useState<{ name?: string; date?: string }>({});
  const submit = (): void => {
    const expiry = readExpiry(choice, date, Date.now());
    const found = {
      ...(name.trim() === "" ? { name: "Give the key a name, such as where it is used." } : {}),
      ...("fault" in expiry ? { date: expiry.fault } : {}),
    };
    setFaults(found);
    if ("expiresAt" in expiry && !found.name && !creating.isPending) create({ name: name.trim(), ...expiry });
  };
  if (creating.data)
    return (
      <DialogBody>
        <DialogTitle>{`Key “${creating.data.name}”`}</DialogTitle>
        <DialogContent>
          <ShownOnce created={creating.data} />
        </DialogContent>
        <DialogActions>
          <Button appearance="primary" onClick={close}>
            I have stored it
          </Button>
        </DialogActions>
      </DialogBody>
    );
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <DialogBody>
        <DialogTitle>New webhook key</DialogTitle>
        <DialogContent className={styles.content}>
          <TextField
            label="Name"
            required
            hint="Where the key is used, such as “Dynamics production”."
            value={name}
            fault={faults.name}
            onChange={setName}
          />
          <Field label="Expires">
            <Select value={choice} onChange={(_, { value }) => setChoice(value as ExpiryChoice)}>
              {expiryChoices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          {choice === "date" && (
            <TextField
              label="Expires at"
              type="datetime-local"
              value={date}
              fault={faults.date}
              onChange={setDate}
            />
          )}
          {creating.error && <ProblemMessage error={creating.error} />}
        </DialogContent>
        <DialogActions>
          <BusyButton type="submit" appearance="primary" busy={creating.isPending}>
            Create
          </BusyButton>
          <Button disabled={creating.isPending} onClick={close}>
            Cancel
          </Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}
