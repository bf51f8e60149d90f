import { z } from "zod";
import { instant } from "./common.ts";

/** The rules that watch an organization's portal integration. */
export const alertRule = z.enum(["silence", "errorRate", "rejectionRate", "queueAge", "keyExpiry"]);
export type AlertRule = z.infer<typeof alertRule>;

/** When each rule fires. The threshold of silence is the organization's `silenceHours`. */
export const alertSettings = z.strictObject({
  silence: z.strictObject({ enabled: z.boolean() }),
  /** At least so many events, and such a share of them in percent, failed within a rolling hour. */
  errorRate: z.strictObject({
    enabled: z.boolean(),
    percent: z.int().min(1).max(100),
    events: z.int().min(1).max(100_000),
  }),
  /** Such a share of the requests of a rolling hour was refused, in percent, and at least so many. */
  rejectionRate: z.strictObject({
    enabled: z.boolean(),
    percent: z.int().min(1).max(100),
    requests: z.int().min(1).max(100_000),
  }),
  /** The oldest event has waited for so long. */
  queueAge: z.strictObject({ enabled: z.boolean(), minutes: z.int().min(1).max(1440) }),
  /** A key expires within so many days. */
  keyExpiry: z.strictObject({ enabled: z.boolean(), days: z.int().min(1).max(90) }),
});
export type AlertSettings = z.infer<typeof alertSettings>;

export const defaultAlertSettings: AlertSettings = {
  silence: { enabled: true },
  errorRate: { enabled: true, percent: 20, events: 5 },
  rejectionRate: { enabled: true, percent: 10, requests: 5 },
  queueAge: { enabled: true, minutes: 15 },
  keyExpiry: { enabled: true, days: 14 },
};

/** `unknown`: the figures that the rule needs could not be read, which is a fault of the rule and not health. */
export const alertState = z.enum(["quiet", "firing", "unknown", "off"]);
export type AlertStateName = z.infer<typeof alertState>;

/** One rule of one organization as it stands. */
export const alert = z.object({
  rule: alertRule,
  title: z.string(),
  state: alertState,
  since: instant.nullable(),
  /** Why it is so, in one sentence, and the figures behind it. */
  reason: z.string(),
  inputs: z.array(z.object({ name: z.string(), value: z.string() })),
  remedy: z.string().nullable(),
  /** Who has seen this firing; null once it has recovered. */
  acknowledged: z.object({ by: z.string(), at: instant }).nullable(),
  /** No card is sent before this time. */
  mutedUntil: instant.nullable(),
  checkedAt: instant.nullable(),
});
export type Alert = z.infer<typeof alert>;

/** One try at telling Teams. */
export const alertDelivery = z.object({
  id: z.string(),
  at: instant,
  title: z.string(),
  rules: z.array(alertRule),
  /** `unknown`: a rule cannot be checked, and none of the card's rules fires. */
  kind: z.enum(["firing", "unknown", "recovered", "test"]),
  result: z.enum(["sent", "refused", "unknown"]),
  /** What Teams answered, or what went wrong. */
  answer: z.string(),
  nextTryAt: instant.nullable(),
});
export type AlertDelivery = z.infer<typeof alertDelivery>;

/** All rules of an organization, and the last cards. */
export const alertOverview = z.object({
  alerts: z.array(alert),
  /** Where cards go: the organization's own channel, the platform's, or nowhere. */
  channel: z.enum(["organization", "platform", "none"]),
  deliveries: z.array(alertDelivery),
});
export type AlertOverview = z.infer<typeof alertOverview>;

/** Most days that a rule can be muted for: a rule that is muted for good is one to switch off, which is seen in the settings. */
export const maxMuteDays = 30;

/** Body of `POST …/alerts/{rule}/mute`: until when, at most {@link maxMuteDays} days ahead; null ends the muting. */
export const muteRequest = z.strictObject({ until: z.iso.datetime({ offset: true }).nullable() });
