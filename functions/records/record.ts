import { v5 as uuidV5 } from "uuid";
import type { FieldValue } from "./fieldValue.ts";
import type { RecordKind } from "../contracts/mapping.ts";

/**
 * When something was said about a record, and by which event. Stamps have a total order, see {@link compareStamps}.
 * `time` is the row's `modifiedon` in milliseconds since 1970 UTC; it has a resolution of a second, so the row
 * version decides within it where there is one, and at last the event's id.
 */
export interface Stamp {
  time: number;
  rowVersion: number | null;
  eventId: string;
}

/** A field, the stamp of the change that holds, and the value that this change replaced when it arrived. */
export interface FieldState extends Stamp {
  value: FieldValue;
  previous: FieldValue;
}

/** The platform's copy of one thing. Never changed in place, so it can be shared. */
export interface PlatformRecord {
  /** The internal id: the same for the same thing, however often it is created. */
  id: string;
  kind: RecordKind;
  /** The thing's id at its source, in lower case. */
  externalId: string;
  fields: Readonly<Record<string, FieldState>>;
  /** When it was deleted at its source, and by which event; a deleted record has no fields and stays deleted. */
  deleted: Stamp | null;
  /** The event that first brought the record here. */
  createdBy: string;
  /** The event that first brought its deletion here; null while it is not deleted. */
  removedBy: string | null;
}

/** What one event says about one record: values of some fields, or that it was deleted. */
export interface RecordChange extends Stamp {
  kind: RecordKind;
  externalId: string;
  /** Fields that the event carries. One that is not here is unchanged, null is cleared. Null: the record was deleted. */
  fields: Readonly<Record<string, FieldValue>> | null;
}

/**
 * Orders stamps by time, then row version (one that is not known counts as the lowest), then event id. Total: two
 * stamps are equal only when they come from the same event about the same state of the row.
 */
export function compareStamps(left: Stamp, right: Stamp): number {
  return (
    left.time - right.time ||
    (left.rowVersion ?? -1) - (right.rowVersion ?? -1) ||
    (left.eventId === right.eventId ? 0 : left.eventId < right.eventId ? -1 : 1)
  );
}

const namespace = "6f1b6c0e-2f0b-5d0a-9c55-0f4f3c1f7a1d";

/** The internal id of a record: a UUID (version 5) of organization, kind and external id. */
export function internalId(organizationId: string, kind: RecordKind, externalId: string): string {
  return uuidV5(`${organizationId}|${kind}|${externalId}`, namespace);
}
