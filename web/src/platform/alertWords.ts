import type { PlatformAlert } from "../../../functions/contracts/platform.ts";

/** What keeps an alert from asking for attention; null for one that nobody looks after. */
export function alertMark({ acknowledged, mutedUntil }: PlatformAlert): "acknowledged" | "muted" | null {
  if (acknowledged) return "acknowledged";
  return mutedUntil === null ? null : "muted";
}

/** An alert in a few words: "Error rate", "Silence (acknowledged)", "Waiting events (cannot be checked, muted)". */
export function alertWords(alert: PlatformAlert): string {
  const marks = [alert.state === "unknown" ? "cannot be checked" : null, alertMark(alert)].filter(Boolean);
  return marks.length === 0 ? alert.title : `${alert.title} (${marks.join(", ")})`;
}
