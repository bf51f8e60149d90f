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
import { newOrganizationPath, portalPath } from "../shell/paths.ts";
import { duration } from "../time/format.ts";
import { percent } from "./percent.ts";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

const useStyles = makeStyles({
  heading: { fontWeight: tokens.fontWeightSemibold },
  number: { textAlign: "end", fontVariantNumeric: "tabular-nums" },
  numberHeading: { "& > *": { justifyContent: "flex-end", textAlign: "end" } },
  name: { width: "24%" },
  health: { width: "220px" },
  optional: { "@media (max-width: 1023.98px)": { display: "none" } },
  error: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
  none: { color: tokens.colorNeutralForeground3 },
});

/** The organizations as a table, in the order in which they were given. */
export function OrganizationTable({ organizations }: { organizations: PlatformOrganization[] }) {
  const styles = useStyles();
  const number = mergeClasses(styles.heading, styles.numberHeading);
  return (
    <Table aria-label="Organizations">
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={mergeClasses(styles.heading, styles.name)}>
            Organization
          </TableHeaderCell>
          <TableHeaderCell className={mergeClasses(styles.heading, styles.health)}>Health</TableHeaderCell>
          <TableHeaderCell className={styles.heading}>Last success</TableHeaderCell>
          <TableHeaderCell className={number}>Success</TableHeaderCell>
          <TableHeaderCell className={number}>Errors</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(number, styles.optional)}>Skipped</TableHeaderCell>
          <TableHeaderCell className={number}>Error rate</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(number, styles.optional)}>Oldest waiting</TableHeaderCell>
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
      <TableCell>
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
      <TableCell className={mergeClasses(styles.number, styles.optional)}>
        {queue.oldestSeconds === null ? "–" : duration(queue.oldestSeconds)}
      </TableCell>
    </TableRow>
  );
});
