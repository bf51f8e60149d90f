import { z } from "zod";
import { instant } from "./common.ts";

/** What a person did that others may want to know of later. */
export const auditAction = z.enum([
  "organization.created",
  "settings.changed",
  "key.created",
  "key.revoked",
  "mapping.changed",
  "integration.paused",
  "integration.resumed",
  "replay.started",
  "replay.stopped",
  "payload.shown",
  "events.exported",
  "alert.acknowledged",
  "alert.muted",
  "alert.unmuted",
  "alert.tested",
]);
export type AuditAction = z.infer<typeof auditAction>;

/** One field that was changed. Values are what a person would read; secrets are never among them. */
export const auditChange = z.object({
  field: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
});
export type AuditChange = z.infer<typeof auditChange>;

/** One entry of an organization's audit log. */
export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  actor: z.object({ id: z.string(), name: z.string(), signInName: z.string().nullable() }),
  action: auditAction,
  /** What it was done to, such as the name of a key or the id of an event; null for the organization itself. */
  target: z.string().nullable(),
  changes: z.array(auditChange),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** A page of the audit log, newest first. */
export const auditPage = z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPage>;
