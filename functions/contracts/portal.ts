import { z } from "zod";
import { eventId, instant, organizationId, outcome, outcomeCounts } from "./common.ts";
import { health } from "./health.ts";
import { advice, outcomeCode } from "./outcomes.ts";
import { rejectionReason } from "./rejections.ts";

/** Rolling periods of the status panel. */
export const period = z.enum(["1h", "24h", "7d", "30d"]);
export type Period = z.infer<typeof period>;

/**
 * Counts of one rolling period, by the time the events were received, from `from` until now. They are exact: the
 * event log with the same `from` lists the same events. "1h" begins at the last five-minute mark that is at least
 * an hour ago, the others at a full hour, such that the current hour is the last of their 24, 168 or 720.
 */
export const periodCounts = outcomeCounts.extend({ period, from: instant });

/**
 * How long events have been waiting that were accepted and are not processed yet, in seconds. The two differ where the
 * queue is too long to be looked through, or did not answer.
 */
export const queueAge = z.object({
  /** Age of the oldest event that was found waiting; null when none was. */
  oldestSeconds: z.number().nullable(),
  /** None waits for longer; 0 when none waits, null when that is not known. */
  atMostSeconds: z.number().nullable(),
});
export type QueueAge = z.infer<typeof queueAge>;

/** The sync status panel of one organization: everything on it is one storage read. */
export const portalStatus = z.object({
  organizationId,
  health,
  lastSuccessAt: instant.nullable(),
  lastSuccessEventId: eventId.nullable(),
  lastEventAt: instant.nullable(),
  silence: z.object({
    silent: z.boolean(),
    /** When the silence began to count: the last event plus the threshold; null when not silent. */
    since: instant.nullable(),
    thresholdHours: z.number(),
  }),
  periods: z.array(periodCounts),
  /** The last 24 hours, oldest first; `hour` is the hour's start. */
  hourly: z.array(outcomeCounts.extend({ hour: instant })),
  /** Refused requests of the last 24 hours by reason. */
  rejections: z.array(z.object({ reason: rejectionReason, count: z.int() })),
  queue: queueAge,
  /** When these figures were read. */
  asOf: instant,
});
export type PortalStatus = z.infer<typeof portalStatus>;

/** One line of the event log. */
export const eventSummary = z.object({
  eventId,
  organizationId,
  outcome,
  code: outcomeCode.nullable(),
  message: z.string().nullable(),
  eventType: z.string(),
  table: z.string().nullable(),
  recordId: z.string().nullable(),
  receivedAt: instant,
  processedAt: instant,
  attempts: z.int(),
  /** When the next automatic attempt is due; null when none is planned. */
  nextAttemptAt: instant.nullable(),
});
export type EventSummary = z.infer<typeof eventSummary>;

/** One step of processing an event, in the order of the flow. */
export const eventStep = z.object({
  name: z.enum(["received", "checked", "queued", "matched", "mapped", "compared", "written"]),
  result: z.enum(["done", "failed", "skipped"]),
  detail: z.string(),
  durationMs: z.number().nullable(),
});
export type EventStep = z.infer<typeof eventStep>;

/** One field of a record that an event changed. `null` means empty. */
export const fieldChange = z.object({
  recordId: z.string(),
  field: z.string(),
  old: z.unknown(),
  new: z.unknown(),
});
export type FieldChange = z.infer<typeof fieldChange>;

/** One try at processing an event. */
export const attempt = z.object({
  number: z.int(),
  kind: z.enum(["delivery", "retry", "replay"]),
  at: instant,
  outcome,
  code: outcomeCode.nullable(),
  message: z.string().nullable(),
});
export type Attempt = z.infer<typeof attempt>;

/** All that is known of one event, without its payload. */
export const eventDetail = eventSummary.extend({
  recordIds: z.array(z.string()),
  correlationId: z.string().nullable(),
  operationId: z.string().nullable(),
  initiatingUserId: z.string().nullable(),
  operationCreatedAt: instant.nullable(),
  /** True when double-encoded text was repaired before it was read. */
  textRepaired: z.boolean(),
  payloadBytes: z.int(),
  steps: z.array(eventStep),
  changes: z.array(fieldChange),
  attemptLog: z.array(attempt),
  advice: advice.nullable(),
});
export type EventDetail = z.infer<typeof eventDetail>;

/** One event as a person opens it: all that is known of it, and what has become of its record since. */
export const openedEvent = eventDetail.extend({
  /**
   * For an event that failed for good: the change that left nothing of it to do, and when Dynamics made that change.
   * It is the last one of those that set every field that the event carries later than it, or that deleted the record.
   */
  supersededBy: z.object({ eventId, changedAt: instant }).nullable(),
  /** Where the record is in Dynamics; null when the event names none, or the environment's address is not set. */
  dynamicsUrl: z.url().nullable(),
});
export type OpenedEvent = z.infer<typeof openedEvent>;

/** Short enough to be stored with a replay, however many digits its seconds have. */
const filterTime = z.iso.datetime({ offset: true }).max(40);

/** What narrows the event log. */
export const eventFilter = z.strictObject({
  outcome: outcome.optional(),
  code: outcomeCode.optional(),
  type: z.string().max(200).optional(),
  recordId: z.string().max(100).optional(),
  q: z.string().trim().max(200).optional(),
  from: filterTime.optional(),
  to: filterTime.optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

/** Query of the event log. */
export const eventQuery = eventFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});
export type EventQuery = z.infer<typeof eventQuery>;

/** Query of the payload: personal data is masked unless it is to be shown, which the audit log notes. */
export const payloadQuery = z.strictObject({ show: z.stringbool().default(false) });

/** Query of the export: as the log is filtered. Times are UTC, the newest event first. */
export const exportQuery = eventFilter.extend({ format: z.enum(["csv", "json"]).default("csv") });
export type ExportQuery = z.infer<typeof exportQuery>;
/** An export ends after so many events, and says so. */
export const exportCeiling = 100_000;

/** A page of the event log, newest first. `nextCursor` is null on the last page; a page may be shorter than asked. */
export const eventPage = z.object({
  items: z.array(eventSummary),
  nextCursor: z.string().nullable(),
});
export type EventPage = z.infer<typeof eventPage>;
