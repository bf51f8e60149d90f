import { z } from "zod";
import { eventId, instant } from "./common.ts";
import { eventSummary } from "./portal.ts";

/** One field of a record: its value now, and the event that it came from. */
export const recordField = z.object({
  field: z.string(),
  value: z.unknown(),
  eventId: eventId.nullable(),
  /** When the source says that the value was set. */
  modifiedAt: instant.nullable(),
});

/** The platform's copy of one row of Dynamics. */
export const recordState = z.object({
  kind: z.string(),
  recordId: z.string(),
  deletedAt: instant.nullable(),
  fields: z.array(recordField),
});
export type RecordState = z.infer<typeof recordState>;

export const recordQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** What is known of one record, and every event that touched it, newest first. */
export const recordHistory = z.object({
  recordId: z.string(),
  /** Null when the platform keeps no record with this id. */
  record: recordState.nullable(),
  /** Where the record is in Dynamics; null when it was deleted, or its table or the environment's address is not known. */
  dynamicsUrl: z.url().nullable(),
  events: z.array(eventSummary),
  nextCursor: z.string().nullable(),
});
export type RecordHistory = z.infer<typeof recordHistory>;
