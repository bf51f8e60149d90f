import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { explain } from "../api/problem.ts";
import { BusyButton } from "../components/BusyButton.tsx";
import { ChangedMeanwhile } from "../components/ChangedMeanwhile.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { settingsPath } from "../shell/paths.ts";
import { ReplayRepaired } from "./ReplayRepaired.tsx";
import type { Repaired } from "./verdict.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS },
  buttons: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  minor: { color: tokens.colorNeutralForeground2 },
});

interface SaveVersionProps {
  organizationId: string;
  /** The version that would be saved. */
  next: number;
  edited: boolean;
  /** Whether exactly this draft was tried. */
  tried: boolean;
  /** Somebody else has saved a version since the change began. */
  overtaken: boolean;
  saving: boolean;
  saved: number | null;
  /** Whether what was saved needs Dynamics to be set up again. */
  setup: boolean;
  /** The failed events that exactly this draft can take. */
  repaired: Repaired | null;
  error: unknown;
  save: () => void;
  discard: () => void;
  /** Begins again from the newest version. Rejects when it cannot be read; the edits stay then. */
  loadNewest: () => Promise<void>;
}

/** Saves the draft as the next version, and says what is still to be done before that. */
export function SaveVersion(props: SaveVersionProps) {
  const styles = useStyles();
  const { organizationId, next, edited, tried, overtaken, saving, saved, setup, repaired, error } = props;
  const { save, discard, loadNewest } = props;
  const changed = error !== null && explain(error).code === "mapping.changed";
  const ready = edited && tried && !overtaken;
  return (
    <div className={styles.root}>
      {(overtaken || changed) && (
        <ChangedMeanwhile
          title="Someone else saved a new version meanwhile"
          label="Load the newest version"
          load={loadNewest}
        >
          Your changes were made from an older one and cannot be saved over it. Load the newest version and
          make them again; the list of versions says who saved it.
        </ChangedMeanwhile>
      )}
      {error !== null && !changed && <ProblemMessage error={error} />}
      <div className={styles.buttons}>
        {!edited && repaired && <ReplayRepaired organizationId={organizationId} repaired={repaired} />}
        <BusyButton
          appearance={!edited && repaired ? "secondary" : "primary"}
          disabledFocusable={!ready}
          busy={saving}
          onClick={save}
        >
          Save as version {next}
        </BusyButton>
        {edited && <Button onClick={discard}>Discard changes</Button>}
        <Text role="status" className={styles.minor}>
          {said({ edited, tried, saved })}
        </Text>
      </div>
      {!edited && saved !== null && setup && (
        <Text>
          Dynamics does not send all of it yet: follow{" "}
          <RouterLink to={settingsPath(organizationId, "setup")}>Set up Dynamics</RouterLink> once more, since
          this version has a further table or column.
        </Text>
      )}
    </div>
  );
}

function said({ edited, tried, saved }: Pick<SaveVersionProps, "edited" | "tried" | "saved">): string {
  if (!edited)
    return saved === null
      ? "Nothing was changed."
      : `Saved. New events are read by version ${saved} within 30 seconds, a replay at once.`;
  return tried ? "Tried, not saved yet." : "Try it on stored events first; then it can be saved.";
}
