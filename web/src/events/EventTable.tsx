import {
  Table,
  TableBody,
  TableHeader,
  TableHeaderCell,
  TableRow,
  makeStyles,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { EventRow } from "./EventRow.tsx";
import { rowsOf } from "./eventRows.ts";
import { useColumnStyles } from "./eventColumns.ts";
import type { EventRowsProps } from "./eventRows.ts";

const useStyles = makeStyles({ heading: { fontWeight: tokens.fontWeightSemibold } });

/** The event log as a table. */
export function EventTable(props: EventRowsProps) {
  const { heading } = useStyles();
  const columns = useColumnStyles();
  return (
    <Table aria-label="Events, newest first">
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={mergeClasses(columns.time, heading)}>Received</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(columns.outcome, heading)}>Outcome</TableHeaderCell>
          {props.organizations && (
            <TableHeaderCell className={mergeClasses(columns.organization, heading)}>
              Organization
            </TableHeaderCell>
          )}
          <TableHeaderCell className={mergeClasses(columns.type, heading)}>Event type</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(columns.record, heading)}>Record</TableHeaderCell>
          <TableHeaderCell className={heading}>Result</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rowsOf(props).map((row) => (
          <EventRow key={row.event.eventId} {...row} />
        ))}
      </TableBody>
    </Table>
  );
}
