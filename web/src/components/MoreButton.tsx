import { Button, Caption1, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import { ProblemMessage } from "./ProblemMessage.tsx";

const useStyles = makeStyles({
  root: { display: "flex", justifyContent: "center", alignItems: "center" },
  end: { color: tokens.colorNeutralForeground2 },
});

interface MoreButtonProps {
  /** How much is shown, in words, such as "3 events". */
  shown: string;
  hasMore: boolean;
  loading: boolean;
  error: unknown;
  load: () => unknown;
}

/** The end of a list that is read page by page: the way to the next page, or that there is none. */
export function MoreButton({ shown, hasMore, loading, error, load }: MoreButtonProps) {
  const styles = useStyles();
  return (
    <>
      {error !== null && <ProblemMessage error={error} retry={load} />}
      <div className={styles.root}>
        {hasMore ? (
          <Button
            disabledFocusable={loading}
            icon={loading ? <Spinner size="tiny" /> : null}
            onClick={() => void load()}
          >
            Load more
          </Button>
        ) : (
          <Caption1 className={styles.end}>{shown}. That is all.</Caption1>
        )}
      </div>
    </>
  );
}
