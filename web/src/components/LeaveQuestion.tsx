import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import { useEffect, useState } from "react";

/** Asks whether to leave a page with unsaved changes. The focus goes back to where it was. */
export function LeaveQuestion({ answer }: { answer: (leaves: boolean) => void }) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => open || answer(false)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without saving?</DialogTitle>
          <DialogContent>
            What you changed on this page is not saved yet. It is lost when you leave.
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={() => answer(false)}>
              Stay
            </Button>
            <Button onClick={() => answer(true)}>Leave</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
