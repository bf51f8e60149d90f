import { Caption1, makeStyles, tokens } from "@fluentui/react-components";
import { BusyButton } from "./BusyButton.tsx";
import { ProblemMessage } from "./ProblemMessage.tsx";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

const useStyles = makeStyles({
  root: { display: "flex", justifyContent: "center", alignItems: "center" },
  end: { color: tokens.colorNeutralForeground2 },
});

interface MoreButtonProps {
  /** How much is shown, in words, such as "3 events". */
  shown: string;
  query: PagedQuery;
}

/** What is to be known of a list that is read page by page. */
export type PagedQuery = Pick<
  UseInfiniteQueryResult,
  "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "error" | "fetchNextPage"
>;

/** The end of a list that is read page by page: the way to the next page, or that there is none. */
export function MoreButton({ shown, query }: MoreButtonProps) {
  const styles = useStyles();
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query;
  return (
    <>
      {isFetchNextPageError && <ProblemMessage error={error} retry={fetchNextPage} />}
      <div className={styles.root}>
        {hasNextPage ? (
          <BusyButton busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </BusyButton>
        ) : (
          <Caption1 className={styles.end}>{shown}. That is all.</Caption1>
        )}
      </div>
    </>
  );
}
