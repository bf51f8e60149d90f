import type { StoredRow, Value } from "../platform/storage/table.ts";
import type { FieldValue } from "./fieldValue.ts";
import type { RecordKind } from "../contracts/mapping.ts";
import type { FieldState, PlatformRecord, Stamp } from "./record.ts";

/** Most characters of JSON in one property: Table Storage takes 32K of two bytes each. */
const chunkLength = 30_000;

/** Most characters of JSON of one record. A row has at most 1 MiB, at two bytes a character, and other properties. */
export const longestRecord = 450_000;

/** The partition of an organization's records of one kind. */
export function partitionOf(organizationId: string, kind: RecordKind): string {
  return `${organizationId}|${kind}`;
}

type PackedField = [
  value: FieldValue,
  previous: FieldValue,
  time: number,
  rowVersion: number | null,
  eventId: string,
];

/** The fields of a record as JSON text. */
export function packFields(fields: PlatformRecord["fields"]): string {
  const packed = Object.entries(fields).map(([name, state]): [string, PackedField] => {
    const { value, previous, time, rowVersion, eventId } = state;
    return [name, [value, previous, time, rowVersion, eventId]];
  });
  return JSON.stringify(Object.fromEntries(packed));
}

/** The properties of a record's row, given its fields as JSON text. Those of a deletion are there only when it was deleted. */
export function toProperties(record: PlatformRecord, packed: string): Record<string, Value> {
  const { externalId, id, createdBy, deleted, removedBy } = record;
  const properties: Record<string, Value> = { id, externalId, createdBy };
  if (deleted) {
    properties["removedBy"] = removedBy;
    properties["deletedAt"] = deleted.time;
    properties["deletedVersion"] = deleted.rowVersion ?? undefined;
    properties["deletedBy"] = deleted.eventId;
  }
  chunks(packed).forEach((chunk, index) => (properties[`fields${index}`] = chunk));
  return properties;
}

/** A record as it is stored, with the version that guards the next write. */
export interface Snapshot {
  record: PlatformRecord;
  etag: string;
  /** Characters of the fields' JSON: what it costs to keep. */
  size: number;
}

/** Reads a record's row. */
export function toSnapshot(row: StoredRow): Snapshot {
  const kind = row.partitionKey.slice(row.partitionKey.indexOf("|") + 1) as RecordKind;
  const packed = joinChunks(row);
  const record: PlatformRecord = {
    id: String(row["id"]),
    kind,
    externalId: String(row["externalId"]),
    fields: unpackFields(packed),
    deleted: toDeletion(row),
    createdBy: String(row["createdBy"]),
    removedBy: typeof row["removedBy"] === "string" ? row["removedBy"] : null,
  };
  return { record, etag: row.etag, size: packed.length };
}

function joinChunks(row: StoredRow): string {
  let joined = "";
  for (let index = 0; typeof row[`fields${index}`] === "string"; index++)
    joined += String(row[`fields${index}`]);
  return joined;
}

function unpackFields(packed: string): Record<string, FieldState> {
  const fields = JSON.parse(packed) as Record<string, PackedField>;
  return Object.fromEntries(
    Object.entries(fields).map(([name, [value, previous, time, rowVersion, eventId]]) => [
      name,
      { value, previous, time, rowVersion, eventId },
    ]),
  );
}

function toDeletion(row: StoredRow): Stamp | null {
  const { deletedAt: time, deletedVersion: version, deletedBy: eventId } = row;
  if (typeof time !== "number" || typeof eventId !== "string") return null;
  return { time, rowVersion: typeof version === "number" ? version : null, eventId };
}

/** Cuts text into pieces, never between the two halves of a character. */
function chunks(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const last = text.charCodeAt(start + chunkLength - 1);
    const splitsPair = last >= 0xd800 && last <= 0xdbff;
    const end = start + chunkLength - (splitsPair ? 1 : 0);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}
