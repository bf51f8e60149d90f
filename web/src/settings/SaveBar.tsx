import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { BusyButton } from "../components/BusyButton.tsx";
import { ChangedMeanwhile } from "../components/ChangedMeanwhile.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { useUnsavedChanges } from "../components/useUnsavedChanges.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalS,
    alignItems: "flex-start",
  },
  wide: { width: "100%" },
  buttons: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  said: { color: tokens.colorNeutralForeground2 },
});

interface SaveBarProps {
  draft: {
    edited: boolean;
    saving: boolean;
    saved: boolean;
    error: unknown;
    conflict: boolean;
    discard: () => void;
    loadAgain: () => Promise<void>;
  };
}

/** Saves the form that it stands in or gives up what was typed, and says how that went. The page is not left with unsaved edits unasked. */
export function SaveBar({ draft }: SaveBarProps) {
  const styles = useStyles();
  const { edited, saving, saved, error, conflict } = draft;
  useUnsavedChanges(edited);
  return (
    <div className={styles.root}>
      <div className={styles.wide}>
        {conflict ? (
          <ChangedMeanwhile
            title="This organization was changed since you began"
            label="Load again"
            load={draft.loadAgain}
          >
            Nothing was saved. Load it again to see what is stored now. What you typed stays in the fields;
            then save once more.
          </ChangedMeanwhile>
        ) : error ? (
          <ProblemMessage error={error} />
        ) : null}
      </div>
      <div className={styles.buttons}>
        <BusyButton type="submit" appearance="primary" disabledFocusable={!edited} busy={saving}>
          Save
        </BusyButton>
        {edited && !saving && <Button onClick={draft.discard}>Discard</Button>}
        <span role="status" className={styles.said}>
          {saved && !edited ? "Saved." : edited ? "Not saved yet." : ""}
        </span>
      </div>
    </div>
  );
}
