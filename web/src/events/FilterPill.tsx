import {
  Button,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { ChevronDown12Regular } from "@fluentui/react-icons";
import { useState } from "react";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  pill: { fontWeight: tokens.fontWeightRegular, maxWidth: "100%" },
  text: { minWidth: 0, overflowWrap: "anywhere" },
  active: {
    backgroundColor: tokens.colorBrandBackground2,
    ":hover": { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  value: { fontWeight: tokens.fontWeightSemibold },
  surface: { minWidth: "220px", maxWidth: "calc(100vw - 32px)", boxSizing: "border-box" },
});

interface FilterPillProps {
  name: string;
  /** What it is narrowed to; null when it narrows nothing. */
  value: string | null;
  /** What is chosen from; `close` closes it after a choice. */
  children: (close: () => void) => ReactNode;
}

/** One filter as a pill that says what it is set to and opens to change it. */
export function FilterPill({ name, value, children }: FilterPillProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  return (
    <Popover trapFocus open={open} onOpenChange={(_, { open }) => setOpen(open)} positioning="below-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button
          className={mergeClasses(styles.pill, value !== null && styles.active)}
          shape="circular"
          size="small"
          icon={<ChevronDown12Regular />}
          iconPosition="after"
        >
          <span className={styles.text}>
            {name}: <span className={styles.value}>{value ?? "Any"}</span>
          </span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label={`Filter by ${name.toLowerCase()}`}>
        {children(() => setOpen(false))}
      </PopoverSurface>
    </Popover>
  );
}
