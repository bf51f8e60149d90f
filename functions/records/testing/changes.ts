import type { FieldValue } from "../fieldValue.ts";
import type { PlatformRecord, RecordChange } from "../record.ts";

const base = {
  kind: "member",
  externalId: "11111111-aaaa-4aaa-8aaa-000000000001",
  rowVersion: null,
} as const;

/** A change of a member's fields, for tests. Event ids are short here. */
export function change(
  eventId: string,
  time: number,
  fields: Record<string, FieldValue>,
  rest: Partial<RecordChange> = {},
): RecordChange {
  return { ...base, eventId, time, fields, ...rest };
}

/** The deletion of a member, for tests. */
export function deletion(eventId: string, time: number, rest: Partial<RecordChange> = {}): RecordChange {
  return { ...base, eventId, time, fields: null, ...rest };
}

/** The values of a record's fields. */
export function values(record: PlatformRecord | null): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(record?.fields ?? {}).map(([field, { value }]) => [field, value]));
}
