import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowRight16Regular } from "@fluentui/react-icons";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import type { Outcome } from "../../../functions/contracts/common.ts";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", columnGap: tokens.spacingHorizontalXS },
});

/** The outcome that an event had, and the one it has after its replay. */
export function BeforeAfter({ before, after }: { before: Outcome; after: Outcome }) {
  return (
    <span className={useStyles().root}>
      <OutcomeBadge outcome={before} />
      <ArrowRight16Regular aria-label="then" />
      <OutcomeBadge outcome={after} />
    </span>
  );
}
