import { TableCell, TableRow, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import { Code } from "../components/Code.tsx";
import { EventType } from "../components/EventType.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { SelectBox } from "../components/SelectBox.tsx";
import { EventResult } from "./EventResult.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { EventTime } from "./EventTime.tsx";
import { useColumnStyles } from "./eventColumns.ts";
import { selectLabel, shortId } from "./eventRows.ts";
import type { MouseEvent, ReactNode } from "react";
import type { Column } from "./eventColumns.ts";
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
export const EventRow = memo(function EventRow(row: EventRowProps) {
  const { event, arrived, isOpen, open, organization, columns, selected, select } = row;
  const styles = useStyles();
  const widths = useColumnStyles();
  const cell = (column: Column, content: ReactNode) =>
    columns.has(column) && <TableCell className={widths[column]}>{content}</TableCell>;
  return (
    <TableRow
      className={mergeClasses(styles.row, arrived && styles.arrived, isOpen && styles.open)}
      onClick={() => open(event)}
    >
      {select && (
        <TableCell className={widths.select} onClick={keepFromRow}>
          <SelectBox
            label={selectLabel(event)}
            checked={selected === true}
            onChange={(checked) => select(event.eventId, checked)}
          />
        </TableCell>
      )}
      <TableCell className={widths.time}>
        <EventTime event={event} open={open} />
      </TableCell>
      {cell("outcome", <OutcomeBadge outcome={event.outcome} />)}
      {organization !== null && (
        <TableCell className={widths.organization}>
          <Text className={styles.text}>{organization}</Text>
        </TableCell>
      )}
      {cell("type", <EventType type={event.eventType} />)}
      {cell("record", <ShortId id={event.recordId} />)}
      {cell("result", <EventResult event={event} />)}
      {cell("processed", <RelativeTime at={event.processedAt} />)}
      {cell("attempts", event.attempts)}
      {cell("eventId", <ShortId id={event.eventId} />)}
    </TableRow>
  );
});

function ShortId({ id }: { id: string | null }) {
  if (id === null) return null;
  return (
    <span title={id}>
      <Code>{shortId(id)}</Code>
    </span>
  );
}

/** What is clicked in the cell of the checkbox does not open the event. */
function keepFromRow(event: MouseEvent): void {
  event.stopPropagation();
}
