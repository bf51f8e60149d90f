import type { PlatformStatus } from "../../../functions/contracts/platform.ts";

/** A text that changes when something happened in the event log of one organization, or of any when none is named. */
export function platformVersion({ organizations, totals }: PlatformStatus, organizationId: string): string {
  const watched = organizations.filter(({ id }) => organizationId === "" || id === organizationId);
  return JSON.stringify([
    organizationId === "" ? totals.periods : null,
    watched.map(({ id, lastEventAt, lastSuccessAt, last24h }) => [id, lastEventAt, lastSuccessAt, last24h]),
  ]);
}
