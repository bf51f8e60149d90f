import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { SpeakerMute16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { TextField } from "../components/TextField.tsx";
import { fromInputValue } from "../time/inputValue.ts";
import { muteFault } from "./muteFault.ts";

const spans = [
  { hours: 1, label: "For 1 hour" },
  { hours: 8, label: "For 8 hours" },
  { hours: 24, label: "For 24 hours" },
];

interface MuteMenuProps {
  /** The rule's name. */
  title: string;
  /** Takes the end of the muting in milliseconds since 1970. */
  mute: (until: number) => void;
}

/** Chooses until when a rule sends no cards. */
export function MuteMenu({ title, mute }: MuteMenuProps) {
  const [asking, setAsking] = useState(false);
  const [date, setDate] = useState("");
  const [fault, setFault] = useState<string | undefined>();
  const muteUntilDate = (): void => {
    const until = fromInputValue(date);
    const found = muteFault(until, Date.now());
    setFault(found);
    if (until === null || found !== undefined) return;
    setAsking(false);
    mute(until);
  };
  return (
    <>
      <Menu inline positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<SpeakerMute16Regular />} aria-label={`Mute ${title}`}>
            Mute
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {spans.map(({ hours, label }) => (
              <MenuItem key={hours} onClick={() => mute(Date.now() + hours * 3_600_000)}>
                {label}
              </MenuItem>
            ))}
            <MenuItem onClick={() => setAsking(true)}>Until a date …</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      <Dialog open={asking} onOpenChange={(_, { open }) => setAsking(open)}>
        <DialogSurface>
          <form
            noValidate
            onSubmit={(submitted) => {
              submitted.preventDefault();
              muteUntilDate();
            }}
          >
            <DialogBody>
              <DialogTitle>{`Mute “${title}”`}</DialogTitle>
              <DialogContent>
                <TextField
                  label="Send no cards until"
                  type="datetime-local"
                  hint="The rule is still watched and shown here."
                  value={date}
                  fault={fault}
                  onChange={setDate}
                />
              </DialogContent>
              <DialogActions>
                <Button type="submit" appearance="primary">
                  Mute
                </Button>
                <Button onClick={() => setAsking(false)}>Cancel</Button>
              </DialogActions>
            </DialogBody>
          </form>
        </DialogSurface>
      </Dialog>
    </>
  );
}
