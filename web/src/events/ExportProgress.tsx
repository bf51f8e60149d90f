import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  ProgressBar,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { explain } from "../api/problem.ts";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { mostExported } from "./mostExported.ts";
import { size } from "./readDownload.ts";
import type { ExportFormat, ExportState } from "./useExport.ts";

const useStyles = makeStyles({
  running: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  bar: { flexGrow: 1, minWidth: "120px" },
});

interface ExportProgressProps {
  state: ExportState;
  start: ((format: ExportFormat) => void) | null;
  cancel: () => void;
  dismiss: () => void;
}

/** How far an export is, and what became of it. */
export function ExportProgress({ state, start, cancel, dismiss }: ExportProgressProps) {
  const styles = useStyles();
  switch (state.name) {
    case "running":
      return (
        <div className={styles.running}>
          <Text>
            Exporting: {state.events.toLocaleString("en")}
            {state.total !== null && ` of about ${state.total.toLocaleString("en")}`} events,{" "}
            {size(state.bytes)}
          </Text>
          <ProgressBar
            className={styles.bar}
            aria-label="Export is running"
            {...(state.total === null ? {} : { value: Math.min(1, state.events / state.total) })}
          />
          <Button size="small" onClick={cancel}>
            Cancel
          </Button>
        </div>
      );
    case "saved":
      return (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            Saved {state.file} ({size(state.bytes)}), with the newest event first and times in UTC. An export
            holds at most {mostExported.toLocaleString("en")} events and says in its last line when there are
            more.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={dismiss}>
              Close
            </Button>
          </MessageBarActions>
        </MessageBar>
      );
    case "failed":
      return explain(state.error).status === 0 ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>The export broke off after {size(state.bytes)}. Nothing was saved.</MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => start?.(state.format)}>
              Try again
            </Button>
          </MessageBarActions>
        </MessageBar>
      ) : (
        <ProblemMessage error={state.error} retry={() => start?.(state.format)} />
      );
  }
}
