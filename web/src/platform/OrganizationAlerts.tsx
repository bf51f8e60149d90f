import { Badge, makeStyles, tokens } from "@fluentui/react-components";
import { RouterLink } from "../components/RouterLink.tsx";
import { settingsPath } from "../shell/paths.ts";
import { alertMark, alertWords } from "./alertWords.ts";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

const useStyles = makeStyles({
  root: { display: "flex", alignItems: "baseline", columnGap: tokens.spacingHorizontalXS },
  none: { color: tokens.colorNeutralForeground3 },
});

/** How many rules of an organization fire and which, with the way to them. */
export function OrganizationAlerts({ organization: { id, alerts } }: { organization: PlatformOrganization }) {
  const styles = useStyles();
  if (!alerts) return <span className={styles.none}>Not checked</span>;
  if (alerts.length === 0) return <span className={styles.none}>None</span>;
  const isOpen = alerts.some((alert) => alertMark(alert) === null);
  return (
    <span className={styles.root}>
      <Badge appearance="tint" color={isOpen ? "danger" : "informative"}>
        {alerts.length}
      </Badge>
      <RouterLink to={settingsPath(id, "alerts")}>{alerts.map(alertWords).join(", ")}</RouterLink>
    </span>
  );
}
