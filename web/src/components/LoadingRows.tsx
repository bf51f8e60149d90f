import { Skeleton, SkeletonItem, makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
});

/** Grey lines in place of what is being loaded; `what` is said to those who cannot see them. */
export function LoadingRows({ what, rows = 6 }: { what: string; rows?: number }) {
  const styles = useStyles();
  return (
    <Skeleton className={styles.root} aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, row) => (
        <SkeletonItem key={row} size={24} />
      ))}
    </Skeleton>
  );
}
