import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { Column } from "../dynamics/webApiRow.ts";
import type { RecordChange } from "./record.ts";

/** What an event means for the records. */
export type Interpretation =
  | { result: "changes"; changes: RecordChange[] }
  /** The event does not carry the row's values: they have to be read from Dataverse and given to `interpretRow`. */
  | { result: "needsRead"; read: NeededRow }
  | { result: "skipped"; code: SkipCode; message: string }
  | { result: "error"; code: ErrorCode; message: string };

/** Why an event needs nothing to be done. */
type SkipCode = Extract<
  OutcomeCode,
  "table.notMapped" | "message.notSupported" | "record.unchanged" | "event.echo"
>;
/** Why an event cannot be carried over. */
export type ErrorCode = Extract<
  OutcomeCode,
  "record.idMissing" | "payload.stripped" | "mapping.valueInvalid" | "mapping.requiredMissing"
>;

/** A row to read back: the columns that the mapping needs. */
export interface NeededRow {
  table: string;
  id: string;
  columns: Column[];
  /** Entity set names that the mapping gives, by table. */
  entitySets: Record<string, string>;
}

/** What is known of an event beside its body. `receivedAt` is milliseconds since 1970 UTC, stamped once, at the door. */
export interface EventStamp {
  eventId: string;
  receivedAt: number;
}

/** An event that needs nothing to be done, with the sentence that says why. */
export function skipped(code: SkipCode, message: string): Interpretation {
  return { result: "skipped", code, message };
}

/** An event that cannot be carried over, with the sentence that says why. */
export function failed(code: ErrorCode, message: string): Interpretation {
  return { result: "error", code, message };
}
