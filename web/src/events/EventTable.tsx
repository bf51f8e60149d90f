import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { Code } from "../components/Code.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { EventResult } from "./EventResult.tsx";
import { EventTime } from "./EventTime.tsx";
import { shortId } from "./eventRows.ts";
import type { EventRowsProps } from "./eventRows.ts";

const useStyles = makeStyles({
  row: {
    cursor: "pointer",
    "& td": { verticalAlign: "top", height: "auto", paddingBlock: tokens.spacingVerticalS },
  },
  open: { backgroundColor: tokens.colorBrandBackground2 },
  arrived: {
    "@media (prefers-reduced-motion: no-preference)": {
      animationName: { from: { backgroundColor: tokens.colorBrandBackground2 }, to: {} },
      animationDuration: "2.5s",
      animationTimingFunction: tokens.curveDecelerateMin,
    },
  },
  time: { width: "132px" },
  outcome: { width: "112px" },
  type: { width: "20%" },
  organization: { width: "16%" },
  record: { width: "150px", "@media (max-width: 899.98px)": { display: "none" } },
  heading: { fontWeight: tokens.fontWeightSemibold },
  stack: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
});

/** The event log as a table. */
export function EventTable({ events, arrived, openId, open, nameOf }: EventRowsProps) {
  const styles = useStyles();
  return (
    <Table aria-label="Events, newest first">
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={mergeClasses(styles.time, styles.heading)}>Received</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(styles.outcome, styles.heading)}>Outcome</TableHeaderCell>
          {nameOf && (
            <TableHeaderCell className={mergeClasses(styles.organization, styles.heading)}>
              Organization
            </TableHeaderCell>
          )}
          <TableHeaderCell className={mergeClasses(styles.type, styles.heading)}>Event type</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(styles.record, styles.heading)}>Record</TableHeaderCell>
          <TableHeaderCell className={styles.heading}>Result</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {events.map((event) => (
          <TableRow
            key={event.eventId}
            className={mergeClasses(
              styles.row,
              arrived.has(event.eventId) && styles.arrived,
              event.eventId === openId && styles.open,
            )}
            onClick={() => open(event)}
          >
            <TableCell className={styles.time}>
              <EventTime event={event} open={open} />
            </TableCell>
            <TableCell className={styles.outcome}>
              <OutcomeBadge outcome={event.outcome} />
            </TableCell>
            {nameOf && (
              <TableCell className={styles.organization}>
                <span className={styles.stack}>{nameOf(event.organizationId)}</span>
              </TableCell>
            )}
            <TableCell className={styles.type}>
              <Text className={styles.stack}>{event.eventType}</Text>
            </TableCell>
            <TableCell className={styles.record}>
              {event.recordId && (
                <span title={event.recordId}>
                  <Code>{shortId(event.recordId)}</Code>
                </span>
              )}
            </TableCell>
            <TableCell>
              <EventResult event={event} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
