import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { Open16Regular } from "@fluentui/react-icons";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", columnGap: tokens.spacingHorizontalXS },
});

/** Opens a record in Dynamics, in a new tab; nothing where its address is not known. */
export function DynamicsLink({ to }: { to: string | null }) {
  const styles = useStyles();
  if (to === null) return null;
  return (
    <Link
      className={styles.root}
      href={to}
      target="_blank"
      rel="noopener noreferrer"
      aria-label="Open in Dynamics, in a new tab"
    >
      Open in Dynamics
      <Open16Regular aria-hidden />
    </Link>
  );
}
