import type { OutcomeCode } from "../contracts/outcomes.ts";
import type { FieldChange } from "../contracts/portal.ts";
import { sameValue } from "./fieldValue.ts";
import type { FieldValue } from "./fieldValue.ts";
import { compareStamps } from "./record.ts";
import type { FieldState, PlatformRecord, RecordChange, Stamp } from "./record.ts";

/** What a change came to. A change that is not a success carries the code that says why. */
type MergeOutcome =
  | { outcome: "success"; code: null }
  | {
      outcome: "skipped";
      code: Extract<OutcomeCode, "record.unchanged" | "record.stale" | "record.deleted">;
    };

/** The record after a change, and what the change came to. */
export interface Merged {
  record: PlatformRecord;
  outcome: MergeOutcome;
  /** Values that changed, old → new. `recordId` is the external id; the field `deleted` tells of a deletion. */
  changes: FieldChange[];
  /** True when `record` differs from what was there and has to be stored. */
  written: boolean;
}

const success: MergeOutcome = { outcome: "success", code: null };

/**
 * Merges one change into a record, field by field: the change with the later stamp holds, whichever arrives first.
 * So any order and any repetition of changes leaves the same values, stamps and deletion. Two things follow:
 * - A change that repeats a value under a later stamp is stored although nothing seems to change. Otherwise an older
 *   value that arrives still later would win.
 * - A deletion removes the values and stays, also when it comes before the creation. Of several, the earliest holds.
 *
 * `previous`, `createdBy` and `removedBy` are memory for repetitions and depend on the order of arrival: when an event
 * was stored but its outcome was not recorded, its next delivery comes to the same outcome with the same changes.
 */
export function mergeChange(record: PlatformRecord | null, change: RecordChange, id: string): Merged {
  if (change.fields === null) return mergeDeletion(record, change, id);
  if (record?.deleted) {
    return { record, outcome: { outcome: "skipped", code: "record.deleted" }, changes: [], written: false };
  }

  const before = record ?? newRecord(change, id);
  const fields: Record<string, FieldState> = { ...before.fields };
  const changes: FieldChange[] = [];
  let [advanced, superseded] = [false, false];
  for (const [field, value] of Object.entries(change.fields)) {
    const current = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const next = mergeField(current, value, change);
    if (next === null) {
      superseded ||= current !== undefined && !sameValue(current.value, value);
      continue;
    }
    advanced ||= next !== current;
    fields[field] = next;
    if (!sameValue(next.previous, next.value)) {
      changes.push({ recordId: before.externalId, field, old: next.previous, new: next.value });
    }
  }

  const written = advanced || record === null;
  const after = written ? { ...before, fields } : before;
  if (changes.length > 0 || before.createdBy === change.eventId) {
    return { record: after, outcome: success, changes, written };
  }
  const code = superseded ? "record.stale" : "record.unchanged";
  return { record: after, outcome: { outcome: "skipped", code }, changes, written };
}

/** The field after the change; null when a later change holds. The same object when the change is here already. */
function mergeField(
  current: FieldState | undefined,
  value: FieldValue,
  change: RecordChange,
): FieldState | null {
  const { time, rowVersion, eventId } = change;
  if (current === undefined) return { value, previous: null, time, rowVersion, eventId };
  const order = compareStamps(change, current);
  if (order < 0) return null;
  if (order > 0) return { value, previous: current.value, time, rowVersion, eventId };
  // The same event again. Another value than before can only come from another mapping: the event was replayed.
  return sameValue(current.value, value) ? current : { ...current, value };
}

function mergeDeletion(record: PlatformRecord | null, change: RecordChange, id: string): Merged {
  const { time, rowVersion, eventId } = change;
  const deleted: Stamp = { time, rowVersion, eventId };
  const before = record ?? newRecord(change, id);
  const removedBy = before.removedBy ?? eventId;
  const written = before.deleted === null || compareStamps(deleted, before.deleted) < 0;
  const after = written ? { ...before, fields: {}, deleted, removedBy } : before;
  if (removedBy !== eventId) {
    return { record: after, outcome: { outcome: "skipped", code: "record.deleted" }, changes: [], written };
  }
  const changes = [{ recordId: before.externalId, field: "deleted", old: false, new: true }];
  return { record: after, outcome: success, changes, written };
}

function newRecord(change: RecordChange, id: string): PlatformRecord {
  const { kind, eventId } = change;
  const externalId = change.externalId.toLowerCase();
  return { id, kind, externalId, fields: {}, deleted: null, createdBy: eventId, removedBy: null };
}
