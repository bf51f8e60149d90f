import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { FieldChange } from "../contracts/portal.ts";
import type { RecordKind } from "../contracts/mapping.ts";
import { mergeChange } from "./mergeChange.ts";
import { internalId } from "./record.ts";
import type { PlatformRecord, RecordChange } from "./record.ts";
import { longestRecord, packFields } from "./recordRow.ts";
import type { Snapshot } from "./recordRow.ts";

/** What one change came to. `recordId` is the record's internal id; `changes` is empty unless the outcome is success. */
export interface ChangeResult {
  recordId: string;
  outcome: "success" | "skipped" | "error";
  code: OutcomeCode | null;
  message: string | null;
  changes: FieldChange[];
}

/** All changes of one record that are to be applied together, in the order given. */
export interface RecordChanges {
  kind: RecordKind;
  externalId: string;
  changes: readonly RecordChange[];
}

/** One record after its changes. `stored` is what has to be stored, with the fields as JSON text; null when nothing. */
export interface Folded {
  of: RecordChanges;
  before: Snapshot | null;
  stored: { record: PlatformRecord; packed: string } | null;
  results: ChangeResult[];
}

/** Applies changes to a record in memory. A record that would outgrow its row is left as it was. */
export function fold(organizationId: string, of: RecordChanges, before: Snapshot | null): Folded {
  const id = internalId(organizationId, of.kind, of.externalId);
  const results: ChangeResult[] = [];
  let record = before?.record ?? null;
  let written = false;
  for (const change of of.changes) {
    const merged = mergeChange(record, change, id);
    results.push({ recordId: id, ...merged.outcome, message: null, changes: merged.changes });
    record = merged.record;
    written ||= merged.written;
  }
  if (record === null || !written) return { of, before, stored: null, results };
  const packed = packFields(record.fields);
  if (packed.length > longestRecord) return { of, before, stored: null, results: results.map(tooLarge) };
  return { of, before, stored: { record, packed }, results };
}

function tooLarge(result: ChangeResult): ChangeResult {
  const message =
    "The record's values are together larger than a record can be. Map fewer long text columns.";
  return { ...result, outcome: "error", code: "mapping.valueInvalid", message, changes: [] };
}
