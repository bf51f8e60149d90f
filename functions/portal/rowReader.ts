import { DataverseFault } from "../dynamics/dataverseFault.ts";
import type { Dataverse } from "../dynamics/webApi.ts";
import type { DynamicsRow } from "../dynamics/webApiRow.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import type { Clock } from "../platform/clock.ts";
import type { NeededRow } from "../records/interpretation.ts";

/** Reads a row from an organization's Dynamics. Throws {@link DataverseFault}. */
export type ReadRow = (organization: StoredOrganization, row: NeededRow) => Promise<DynamicsRow>;

const failuresToOpen = 3;
const openMs = 30_000;

/**
 * Reads rows, and stops asking an environment that does not answer: after three failures in a row it is left
 * alone for half a minute (or for as long as it says), so that one organization's outage keeps no place
 * among the reads of the others.
 */
export function createRowReader(dataverse: Dataverse, clock: Clock): ReadRow {
  const breakers = new Map<string, { failures: number; openUntil: number }>();
  return async (organization, row) => {
    const breaker = breakers.get(organization.id) ?? { failures: 0, openUntil: 0 };
    breakers.set(organization.id, breaker);
    if (breaker.openUntil > clock())
      throw new DataverseFault(
        "unavailable",
        "Dynamics did not answer the last requests, so it is left alone for a moment.",
        breaker.openUntil - clock(),
      );
    try {
      const environment = {
        environmentUrl: organization.environmentUrl ?? "",
        tenantId: organization.environmentTenantId,
      };
      const found = await dataverse.retrieve(environment, row.table, row.id, row.columns, {
        entitySets: row.entitySets,
      });
      breaker.failures = 0;
      return found;
    } catch (error) {
      if (error instanceof DataverseFault && (error.kind === "unavailable" || error.kind === "throttled")) {
        breaker.failures += 1;
        if (error.retryAfterMs !== null || breaker.failures >= failuresToOpen)
          breaker.openUntil = clock() + (error.retryAfterMs ?? openMs);
      } else breaker.failures = 0;
      throw error;
    }
  };
}
