import type { AuditAction } from "../../../functions/contracts/audit.ts";

/** What a person did, in words. */
export const auditWords: Record<AuditAction, string> = {
  "organization.created": "Created the organization",
  "settings.changed": "Changed settings",
  "key.created": "Created a webhook key",
  "key.revoked": "Revoked a webhook key",
  "mapping.changed": "Changed the mapping",
  "integration.paused": "Paused the integration",
  "integration.resumed": "Resumed the integration",
  "replay.started": "Started a replay",
  "replay.stopped": "Stopped a replay",
  "payload.shown": "Showed personal data of a payload",
  "events.exported": "Exported events",
  "alert.acknowledged": "Acknowledged an alert",
  "alert.muted": "Muted an alert",
  "alert.unmuted": "Ended the muting of an alert",
  "alert.tested": "Sent a test card",
};

/** A field's name for a person: "alerts.errorRate.percent" is "Alerts: error rate: percent". */
export function fieldWords(field: string): string {
  const words = field
    .split(".")
    .map((part) => part.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase())
    .join(": ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
