import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { explain } from "../api/problem.ts";
import { CopyableText } from "./CopyableText.tsx";

const useStyles = makeStyles({
  correlation: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
  },
});

interface ProblemMessageProps {
  error: unknown;
  retry?: () => unknown;
  /** What stays on the screen although the error happened; turns the error into a warning. */
  stillShown?: string;
}

/** Says what went wrong, by the API's own words, with the id to give to support and a way to try again. */
export function ProblemMessage({ error, retry, stillShown }: ProblemMessageProps) {
  const styles = useStyles();
  const { title, detail, correlationId } = explain(error);
  return (
    <MessageBar intent={stillShown ? "warning" : "error"} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {detail} {stillShown}
        {correlationId && (
          <span className={styles.correlation}>
            Correlation id <CopyableText text={correlationId} what="correlation id" />
          </span>
        )}
      </MessageBarBody>
      {retry && (
        <MessageBarActions>
          <Button size="small" onClick={() => void retry()}>
            Try again
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
