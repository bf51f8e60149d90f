import { toMilliseconds } from "../dynamics/dates.ts";
import { toGuid } from "../dynamics/plainValue.ts";
import type { Columns } from "../dynamics/plainValue.ts";
import { applyMapping } from "./applyMapping.ts";
import type { FieldValue } from "./fieldValue.ts";
import { failed } from "./interpretation.ts";
import type { ErrorCode, Interpretation } from "./interpretation.ts";
import type { Mapping } from "../contracts/mapping.ts";
import type { RecordChange, Stamp } from "./record.ts";

/** A row as some event or answer of Dataverse tells it. */
export interface Row {
  id: string | null;
  columns: Columns;
  /** True when the row is new, so that defaults apply. */
  created: boolean;
  rowVersion: number | null;
}

/** One row as a change of its record; null when none of its columns is mapped and the row is not new. */
export type RowChange = { change: RecordChange | null } | { code: ErrorCode; message: string };

/** Turns a row into a change of its record. `stamp.time` holds unless the row has a `modifiedon` of its own. */
export function rowChange(mapping: Mapping, row: Row, stamp: Stamp): RowChange {
  const externalId = row.id ?? toGuid(row.columns[mapping.idColumn]);
  if (externalId === null) {
    return { code: "record.idMissing", message: `The change of ${mapping.table} names no row.` };
  }
  const mapped = applyMapping(mapping, row.columns, { created: row.created }).fields;
  const problem = mapped.find((field) => field.problem !== undefined);
  if (problem?.problem !== undefined) {
    const code = problem.status === "INVALID" ? "mapping.valueInvalid" : "mapping.requiredMissing";
    return { code, message: problem.problem };
  }
  const fields = Object.fromEntries(
    mapped
      .filter(({ status }) => status !== "MISSING")
      .map(({ field, value }): [string, FieldValue] => [field, value]),
  );
  if (Object.keys(fields).length === 0 && !row.created) return { change: null };
  const time = modifiedOn(row.columns) ?? stamp.time;
  // Often a row is created and changed within one second, and webhooks name no version: the change is the later one.
  const rowVersion = row.rowVersion ?? (row.created ? null : 0);
  return { change: { ...stamp, time, rowVersion, kind: mapping.kind, externalId, fields } };
}

/** Collects the changes of an event's rows; the first row that cannot be read is the event's error. */
export function collect(rows: readonly RowChange[]): Interpretation | RecordChange[] {
  const changes: RecordChange[] = [];
  for (const row of rows) {
    if (!("change" in row)) return failed(row.code, row.message);
    if (row.change) changes.push(row.change);
  }
  return mergeSameRecord(changes);
}

/** An event may name a record twice; as its changes have one stamp, the later one counts field by field. */
function mergeSameRecord(changes: readonly RecordChange[]): RecordChange[] {
  const byRecord = new Map<string, RecordChange>();
  for (const change of changes) {
    const key = `${change.kind}|${change.externalId}`;
    const earlier = byRecord.get(key)?.fields;
    byRecord.set(key, change.fields ? { ...change, fields: { ...earlier, ...change.fields } } : change);
  }
  return [...byRecord.values()];
}

/** When Dynamics says that a row was changed, in milliseconds since 1970 UTC; null when its columns do not say it. */
export function modifiedOn(columns: Columns): number | null {
  const value = Object.hasOwn(columns, "modifiedon") ? columns["modifiedon"] : null;
  return typeof value === "string" ? toMilliseconds(value) : null;
}
