import type { Mapping } from "../contracts/mapping.ts";
import type { DynamicsContext } from "../dynamics/context.ts";
import { applyMapping } from "./applyMapping.ts";
import { eventRows } from "./eventRows.ts";
import { compareStamps } from "./record.ts";
import type { PlatformRecord, Stamp } from "./record.ts";
import { modifiedOn } from "./rowChange.ts";

/**
 * The change that left nothing to do of an event that failed: the last of those that set the fields which the event
 * carries, when each of them was set later than the event would set it, or the deletion of the record. Null while a
 * field waits. An event whose content is not known or not in it is taken to carry every field. Pure.
 *
 * `eventType` as Dynamics names it, `time` of the event's operation in milliseconds since 1970 UTC.
 */
export function supersedingChange(
  record: PlatformRecord,
  mapping: Mapping,
  event: { eventType: string; time: number; context: DynamicsContext | null },
): Stamp | null {
  if (record.deleted) return record.deleted;
  if (!/\.(Create|Update|Upsert)$/.test(event.eventType)) return null;
  const { fields, time } = carried(mapping, event);
  const stamps = fields.map((field): Stamp | null => {
    const held = Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
    return held && held.time > time ? held : null;
  });
  if (stamps.includes(null)) return null;
  return (
    stamps
      .filter((stamp) => stamp !== null)
      .toSorted(compareStamps)
      .at(-1) ?? null
  );
}

function carried(
  mapping: Mapping,
  { context, time }: { context: DynamicsContext | null; time: number },
): { fields: string[]; time: number } {
  const rows = context && eventRows(context, mapping);
  const [row] = Array.isArray(rows) ? rows : [];
  if (!row) return { fields: mapping.fields.map(({ field }) => field), time };
  const { fields } = applyMapping(mapping, row.columns, row);
  return {
    fields: fields.filter(({ status, problem }) => status !== "MISSING" || problem).map(({ field }) => field),
    time: modifiedOn(row.columns) ?? time,
  };
}
