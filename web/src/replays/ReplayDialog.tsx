import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useNavigate } from "react-router";
import { BusyButton } from "../components/BusyButton.tsx";
import { ProblemMessage } from "../components/ProblemMessage.tsx";
import { replayPath } from "../shell/paths.ts";
import { EstimateView } from "./EstimateView.tsx";
import { useReplayEstimate, useStartReplay } from "./queries.ts";
import { estimatedCount } from "./replayWords.ts";
import type { ReplaySelection } from "../../../functions/contracts/replays.ts";

const useStyles = makeStyles({
  surface: { maxWidth: "min(760px, calc(100vw - 16px))", boxSizing: "border-box" },
  content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM, minWidth: 0 },
});

interface ReplayDialogProps {
  organizationId: string;
  selection: ReplaySelection;
  close: () => void;
}

/** Replays events, after it has said what that would do. */
export function ReplayDialog({ organizationId, selection, close }: ReplayDialogProps) {
  const styles = useStyles();
  const navigate = useNavigate();
  const { data: estimate, error, refetch } = useReplayEstimate(organizationId, selection);
  const start = useStartReplay(organizationId);
  const nothing = estimate?.events === 0;
  const begin = () =>
    start.mutate(selection, {
      onSuccess: ({ replayId }) => void navigate(replayPath(organizationId, replayId)),
    });
  return (
    <Dialog open onOpenChange={(_, { open }) => open || close()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>Replay events</DialogTitle>
          <DialogContent className={styles.content}>
            {error && <ProblemMessage error={error} retry={refetch} />}
            {!estimate && !error && (
              <Spinner size="small" label="Counting the events and trying a sample. Nothing is changed." />
            )}
            {estimate && <EstimateView estimate={estimate} organizationId={organizationId} />}
            {start.error && <ProblemMessage error={start.error} retry={begin} />}
          </DialogContent>
          <DialogActions>
            <Button onClick={close}>{nothing ? "Close" : "Cancel"}</Button>
            {!nothing && (
              <BusyButton
                appearance="primary"
                disabledFocusable={!estimate}
                busy={start.isPending}
                onClick={begin}
              >
                {estimate ? `Replay ${estimatedCount(estimate).toLowerCase()}` : "Replay"}
              </BusyButton>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
