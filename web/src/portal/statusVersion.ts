import type { PortalStatus } from "../../../functions/contracts/portal.ts";

/** A text that changes exactly when something happened in the organization's event log. */
export function statusVersion({ lastEventAt, lastSuccessAt, periods, hourly }: PortalStatus): string {
  return JSON.stringify([lastEventAt, lastSuccessAt, periods, hourly]);
}
