import { makeStyles } from "@fluentui/react-components";

/** The columns that can be shown beside the time, which is always there, in their order. */
export const columnNames = {
  outcome: "Outcome",
  type: "Event type",
  record: "Record",
  result: "Result",
  processed: "Processed",
  attempts: "Attempts",
  eventId: "Event id",
} as const;
export type Column = keyof typeof columnNames;

/** The columns of someone who never chose. */
export const usualColumns: ReadonlySet<Column> = new Set(["outcome", "type", "record", "result"]);

/** Reads remembered columns; the usual ones when nothing that is known is remembered. */
export function readColumns(stored: string | null): ReadonlySet<Column> {
  const known = (stored ?? "").split(",").filter((name): name is Column => Object.hasOwn(columnNames, name));
  return known.length > 0 ? new Set(known) : usualColumns;
}

/** A column of the table: one that can be chosen, or one that is there by what the log is of. */
type Part = Column | "select" | "time" | "organization";

/** Widths of the columns that hold nothing long, in pixels; that of the result is the least at which it can be read. */
const pixels: Partial<Record<Part, number>> = {
  select: 24,
  time: 116,
  outcome: 96,
  record: 100,
  result: 146,
  processed: 116,
  attempts: 72,
  eventId: 100,
};
/** Shares of the others, in percent of the table. */
const shares: Partial<Record<Part, number>> = { type: 18, organization: 14 };
/** What is left and right of the content of a cell, in pixels. */
const padding = 16;

/** Widths of the log's columns, shared by its head and its rows. The result has what the others leave. */
export const useColumnStyles = makeStyles({
  select: { width: `${pixels.select}px` },
  time: { width: `${pixels.time}px` },
  outcome: { width: `${pixels.outcome}px` },
  type: { width: `${shares.type}%` },
  organization: { width: `${shares.organization}%` },
  record: { width: `${pixels.record}px` },
  result: {},
  processed: { width: `${pixels.processed}px` },
  attempts: { width: `${pixels.attempts}px` },
  eventId: { width: `${pixels.eventId}px` },
});

/** The least width in pixels at which a table of these columns can be read. */
export function leastWidth(parts: readonly Part[]): number {
  const fixed = parts.reduce((sum, part) => sum + (pixels[part] ?? 0) + padding, 0);
  const share = parts.reduce((sum, part) => sum + (shares[part] ?? 0), 0);
  return Math.ceil(fixed / (1 - share / 100));
}
