import { z } from "zod";
import { alertRule } from "./alerts.ts";
import { instant, organizationId, outcomeCounts } from "./common.ts";
import { health } from "./health.ts";
import { eventQuery, periodCounts, queueAge } from "./portal.ts";
import { rejectionReason } from "./rejections.ts";

/** A rule that fires, or whose figures have been missing for ten minutes. */
export const platformAlert = z.object({
  rule: alertRule,
  title: z.string(),
  state: z.enum(["firing", "unknown"]),
  since: instant.nullable(),
  /** Someone looks after it. */
  acknowledged: z.boolean(),
  /** No card is sent before this time. */
  mutedUntil: instant.nullable(),
});
export type PlatformAlert = z.infer<typeof platformAlert>;

/** One organization on the platform screen. */
export const platformOrganization = z.object({
  id: organizationId,
  name: z.string(),
  health,
  lastSuccessAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  last24h: outcomeCounts,
  /** Share of failed events in the last 24 hours, 0 to 1; null without events. */
  errorRate: z.number().nullable(),
  queue: queueAge,
  /** As of the last check, a minute ago at most; null when the rules have not been checked for ten minutes. */
  alerts: z.array(platformAlert).nullable(),
  /** When this line was last brought up to date. */
  asOf: instant,
});
export type PlatformOrganization = z.infer<typeof platformOrganization>;

/** The whole platform: totals and one line per organization, ordered by who needs attention. */
export const platformStatus = z.object({
  totals: z.object({
    organizations: z.int(),
    needAttention: z.int(),
    periods: z.array(periodCounts),
  }),
  organizations: z.array(platformOrganization),
  /** Requests refused in the last 24 hours that named no organization of the platform, by reason. */
  rejectionsWithoutOrganization: z.array(z.object({ reason: rejectionReason, count: z.int() })),
  /** When the alert rules were last checked; null for never. */
  alertsCheckedAt: instant.nullable(),
  /** The age of the oldest line: no figure on the screen is older than this. */
  asOf: instant,
});
export type PlatformStatus = z.infer<typeof platformStatus>;

/** Query of the merged event log: as for one organization, with the organizations to show. */
export const platformEventQuery = eventQuery.extend({ organizationId: organizationId.optional() });
