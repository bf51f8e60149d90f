import type { EventSummary, ExportQuery } from "../contracts/portal.ts";

/** How the events of an export become the text of a file. */
export interface FileFormat {
  contentType: string;
  /** What stands before the events, in front of each but the first, and behind them. */
  begin: string;
  separator: string;
  end: string;
  event: (event: EventSummary) => string;
  /** The last entry of a file that ends at its ceiling: a sentence in the place of an event. */
  marker: (sentence: string) => string;
}

/** The columns of the file, by the names that people read. Times are UTC. */
const columns: readonly [name: string, value: (event: EventSummary) => string | number | null][] = [
  ["Received (UTC)", (event) => event.receivedAt],
  ["Processed (UTC)", (event) => event.processedAt],
  ["Outcome", (event) => event.outcome],
  ["Event type", (event) => event.eventType],
  ["Table", (event) => event.table],
  ["Record id", (event) => event.recordId],
  ["Error code", (event) => event.code],
  ["What happened", (event) => event.message],
  ["Attempts", (event) => event.attempts],
  ["Next attempt (UTC)", (event) => event.nextAttemptAt],
  ["Event id", (event) => event.eventId],
];

/** With a byte order mark, by which Excel knows UTF-8. Lines end as RFC 4180 has it. */
const csv: FileFormat = {
  contentType: "text/csv; charset=utf-8",
  begin: `\uFEFF${columns.map(([name]) => cell(name)).join(",")}\r\n`,
  separator: "",
  end: "",
  event: (event) => `${columns.map(([, value]) => cell(value(event))).join(",")}\r\n`,
  marker: (sentence) => `${cell(sentence)}${",".repeat(columns.length - 1)}\r\n`,
};

const json: FileFormat = {
  contentType: "application/json",
  begin: "[\n",
  separator: ",\n",
  end: "\n]\n",
  event: (event) => JSON.stringify(event),
  marker: (sentence) => JSON.stringify({ exportEndsHere: sentence }),
};

export const fileFormats: Record<ExportQuery["format"], FileFormat> = { csv, json };

/**
 * A cell as RFC 4180 has it. A spreadsheet would compute what begins like a formula: an apostrophe in front makes it
 * text, and a person reads it as it is.
 */
export function cell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
