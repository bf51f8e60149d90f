import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { memo } from "react";
import { HealthWhy } from "../components/HealthWhy.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { waitOf } from "../components/wait.ts";
import { newOrganizationPath, portalPath } from "../shell/paths.ts";
import { OrganizationAlerts } from "./OrganizationAlerts.tsx";
import { percent } from "./percent.ts";
import type { OrganizationList, Sorting } from "./organizationList.ts";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

const useStyles = makeStyles({
  heading: { fontWeight: tokens.fontWeightSemibold },
  number: { textAlign: "end", fontVariantNumeric: "tabular-nums" },
  numberHeading: { "& > *": { justifyContent: "flex-end", textAlign: "end" } },
  name: { width: "14%", overflowWrap: "anywhere" },
  health: { width: "188px" },
  lastSuccess: { width: "116px" },
  alerts: { width: "13%" },
  optional: { "@media (max-width: 1399.98px)": { display: "none" } },
  error: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  none: { color: tokens.colorNeutralForeground3 },
});

interface OrganizationTableProps {
  organizations: PlatformOrganization[];
  list: OrganizationList;
  change: (change: Partial<OrganizationList>) => void;
}

/** The organizations as a table, in the order in which they are given; a heading orders them by its column. */
export function OrganizationTable({ organizations, list, change }: OrganizationTableProps) {
  const styles = useStyles();
  const number = styles.numberHeading;
  const columns: { sort: Sorting; label: string; className: string }[] = [
    { sort: "name", label: "Organization", className: styles.name },
    { sort: "attention", label: "Health", className: styles.health },
    { sort: "alerts", label: "Alerts", className: styles.alerts },
    { sort: "lastSuccess", label: "Last success", className: styles.lastSuccess },
    { sort: "success", label: "Success", className: number },
    { sort: "errors", label: "Errors", className: number },
    { sort: "skipped", label: "Skipped", className: mergeClasses(number, styles.optional) },
    { sort: "errorRate", label: "Error rate", className: number },
    { sort: "waiting", label: "Oldest waiting", className: mergeClasses(number, styles.optional) },
  ];
  return (
    <Table sortable aria-label="Organizations">
      <TableHeader>
        <TableRow>
          {columns.map(({ sort, label, className }) => (
            <TableHeaderCell
              key={sort}
              className={mergeClasses(styles.heading, className)}
              {...(list.sort === sort ? { sortDirection: directionOf(list) } : {})}
              onClick={() => change({ sort, reverse: list.sort === sort && !list.reverse })}
            >
              {label}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {organizations.map((organization) => (
          <OrganizationRow key={organization.id} organization={organization} />
        ))}
      </TableBody>
    </Table>
  );
}

/** Names, attention and times begin with the least, figures with the most. */
function directionOf({ sort, reverse }: OrganizationList): "ascending" | "descending" {
  const isAscending = ["name", "attention", "lastSuccess"].includes(sort) !== reverse;
  return isAscending ? "ascending" : "descending";
}

/** Drawn again only when its own figures change: the screen is read every two seconds. */
const OrganizationRow = memo(function OrganizationRow({
  organization,
}: {
  organization: PlatformOrganization;
}) {
  const styles = useStyles();
  const { id, name, health, lastSuccessAt, last24h, errorRate, queue } = organization;
  return (
    <TableRow>
      <TableCell className={styles.name}>
        <RouterLink to={portalPath(id)}>{name}</RouterLink>
      </TableCell>
      <TableCell className={styles.health}>
        <HealthWhy health={health} of={name} />
      </TableCell>
      <TableCell className={styles.alerts}>
        <OrganizationAlerts organization={organization} />
      </TableCell>
      <TableCell className={styles.lastSuccess}>
        {lastSuccessAt ? (
          <RelativeTime at={lastSuccessAt} />
        ) : health.state === "neverConnected" ? (
          <RouterLink to={newOrganizationPath(id)} label={`Connect ${name}`}>
            Connect
          </RouterLink>
        ) : (
          <span className={styles.none}>Never</span>
        )}
      </TableCell>
      <TableCell className={styles.number}>{last24h.success.toLocaleString("en")}</TableCell>
      <TableCell className={mergeClasses(styles.number, last24h.error > 0 && styles.error)}>
        {last24h.error.toLocaleString("en")}
      </TableCell>
      <TableCell className={mergeClasses(styles.number, styles.optional)}>
        {last24h.skipped.toLocaleString("en")}
      </TableCell>
      <TableCell className={styles.number}>{errorRate === null ? "–" : percent(errorRate)}</TableCell>
      <TableCell className={mergeClasses(styles.number, styles.optional)}>{waitOf(queue) ?? "–"}</TableCell>
    </TableRow>
  );
});
