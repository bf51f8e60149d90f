import { makeStyles, tokens } from "@fluentui/react-components";
import { HealthBadge } from "./HealthBadge.tsx";
import { Why } from "./Why.tsx";
import { healthLabel } from "./healthLabel.ts";
import type { Health } from "../../../functions/contracts/health.ts";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", columnGap: tokens.spacingHorizontalS },
});

/** The verdict with a button that says which rule made it, from which values, and what would turn it green. */
export function HealthWhy({ health, of }: { health: Health; of?: string }) {
  const label = healthLabel[health.state];
  return (
    <span className={useStyles().root}>
      <HealthBadge state={health.state} />
      <Why label={`${of ?? "Health"}: ${label.toLowerCase()}`} reason={{ title: label, ...health }} />
    </span>
  );
}
