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

/** Widths of the log's columns, shared by its head and its rows. The record goes first when room is short. */
export const useColumnStyles = makeStyles({
  select: { width: "32px" },
  time: { width: "132px" },
  outcome: { width: "112px" },
  type: { width: "20%" },
  organization: { width: "16%" },
  record: { width: "150px", "@media (max-width: 899.98px)": { display: "none" } },
  result: {},
  processed: { width: "132px" },
  attempts: { width: "80px" },
  eventId: { width: "150px" },
});
