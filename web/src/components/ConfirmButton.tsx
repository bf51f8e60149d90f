import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { BusyButton } from "./BusyButton.tsx";
import { ProblemMessage } from "./ProblemMessage.tsx";
import type { ButtonProps } from "@fluentui/react-components";
import type { ReactElement, ReactNode } from "react";

interface ConfirmButtonProps {
  /** Text of the button that opens the question. */
  label: string;
  /** Name for screen readers where the text alone does not say to what the button belongs. */
  accessibleLabel?: string;
  icon?: ReactElement;
  appearance?: ButtonProps["appearance"];
  size?: ButtonProps["size"];
  /** The question. */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** Text of the button that does it. */
  confirm: string;
  act: () => Promise<unknown>;
}

/** A button that says what will happen and asks before it does so. What goes wrong is shown in the question. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, accessibleLabel, icon, appearance, size, title, children, confirm, act } = props;
  const [open, setOpen] = useState(false);
  const doing = useMutation({ mutationFn: act, onSuccess: () => setOpen(false) });
  return (
    <Dialog
      open={open}
      onOpenChange={(_, { open }) => {
        doing.reset();
        setOpen(open);
      }}
    >
      <DialogTrigger disableButtonEnhancement>
        <Button
          {...(icon ? { icon } : {})}
          {...(appearance ? { appearance } : {})}
          {...(size ? { size } : {})}
          {...(accessibleLabel ? { "aria-label": accessibleLabel } : {})}
        >
          {label}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {doing.error && <ProblemMessage error={doing.error} />}
          </DialogContent>
          <DialogActions>
            <BusyButton appearance="primary" busy={doing.isPending} onClick={() => doing.mutate()}>
              {confirm}
            </BusyButton>
            <DialogTrigger disableButtonEnhancement>
              <Button>Cancel</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
