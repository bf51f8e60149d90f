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
import { SelectBox } from "../components/SelectBox.tsx";
import { EventRow } from "./EventRow.tsx";
import { rowsOf } from "./eventRows.ts";
import { columnNames, leastWidth, useColumnStyles } from "./eventColumns.ts";
import type { Column } from "./eventColumns.ts";
import type { EventRowsProps } from "./eventRows.ts";

const useStyles = makeStyles({
  root: { overflowX: "auto" },
  heading: { fontWeight: tokens.fontWeightSemibold },
});

/** The event log as a table. With more columns than there is room for, it is scrolled sideways. */
export function EventTable(props: EventRowsProps) {
  const { root, heading } = useStyles();
  const widths = useColumnStyles();
  const { events, columns, selection } = props;
  const head = (column: Column) =>
    columns.has(column) && (
      <TableHeaderCell className={mergeClasses(widths[column], heading)}>
        {columnNames[column]}
      </TableHeaderCell>
    );
  const selected = selection?.ids.size ?? 0;
  const minWidth = leastWidth([
    "time",
    ...columns,
    ...(selection ? (["select"] as const) : []),
    ...(props.organizations ? (["organization"] as const) : []),
  ]);
  return (
    <div className={root}>
      <Table aria-label="Events, newest first" style={{ minWidth }}>
        <TableHeader>
          <TableRow>
            {selection && (
              <TableHeaderCell className={widths.select}>
                <SelectBox
                  label="Select all events that are shown"
                  checked={selected === events.length}
                  mixed={selected > 0 && selected < events.length}
                  onChange={selection.selectAll}
                />
              </TableHeaderCell>
            )}
            <TableHeaderCell className={mergeClasses(widths.time, heading)}>Received</TableHeaderCell>
            {head("outcome")}
            {props.organizations && (
              <TableHeaderCell className={mergeClasses(widths.organization, heading)}>
                Organization
              </TableHeaderCell>
            )}
            {head("type")}
            {head("record")}
            {head("result")}
            {head("processed")}
            {head("attempts")}
            {head("eventId")}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rowsOf(props).map((row) => (
            <EventRow key={row.event.eventId} {...row} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
