import { TableCell, TableRow, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { Code } from "../components/Code.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { EventResult } from "./EventResult.tsx";
import { EventTime } from "./EventTime.tsx";
import { useColumnStyles } from "./eventColumns.ts";
import { shortId } from "./eventRows.ts";
import type { EventRowProps } from "./eventRows.ts";

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
  text: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
});

/** One event in the table. Keyboards open it by its time; for a pointer the whole row does the same. */
export const EventRow = memo(function EventRow({
  event,
  arrived,
  isOpen,
  open,
  organization,
}: EventRowProps) {
  const styles = useStyles();
  const columns = useColumnStyles();
  return (
    <TableRow
      className={mergeClasses(styles.row, arrived && styles.arrived, isOpen && styles.open)}
      onClick={() => open(event)}
    >
      <TableCell className={columns.time}>
        <EventTime event={event} open={open} />
      </TableCell>
      <TableCell className={columns.outcome}>
        <OutcomeBadge outcome={event.outcome} />
      </TableCell>
      {organization !== null && (
        <TableCell className={columns.organization}>
          <Text className={styles.text}>{organization}</Text>
        </TableCell>
      )}
      <TableCell className={columns.type}>
        <Text className={styles.text}>{event.eventType}</Text>
      </TableCell>
      <TableCell className={columns.record}>
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
  );
});
