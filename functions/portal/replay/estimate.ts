import type { InvocationContext } from "@azure/functions";
import type { EventSummary } from "../../contracts/portal.ts";
import type { ReplayEstimate, ReplaySelection } from "../../contracts/replays.ts";
import type { StoredOrganization } from "../../organizations/storedOrganization.ts";
import { previewEvents } from "./preview.ts";
import type { PreviewServices } from "./preview.ts";
import { readSelected } from "./selection.ts";
import { readStoredEvents } from "./storedEvents.ts";

/** Counting stops at so many events, or after so many pages of a filter that matches little. */
const countCeiling = 10_000;
const mostPages = 20;
const countPage = 1_000;
const sampleSize = 10;

/**
 * What a replay of the selection would do: how many events there are, and what would become of some of them, taken
 * evenly from all that were counted. Changes nothing.
 */
export async function estimateReplay(
  services: PreviewServices,
  organization: StoredOrganization,
  selection: ReplaySelection,
  log: Pick<InvocationContext, "info" | "warn" | "error" | "invocationId">,
): Promise<ReplayEstimate> {
  const found: EventSummary[] = [];
  const before = services.clock() + 1;
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages && found.length < countCeiling; pages += 1) {
    const page = await readSelected(services, organization.id, selection, {
      before,
      limit: countPage,
      cursor,
    });
    found.push(...page.items);
    cursor = page.next;
    if (cursor === null) break;
  }
  // The mapping may have been saved a moment ago by another process.
  await services.mappings.renew(organization.id);
  const places = spread(found).map(({ eventId, receivedAt }) => ({
    eventId,
    receivedAt: Date.parse(receivedAt),
  }));
  const stored = await readStoredEvents(services.syncLog, organization.id, places);
  const kept = stored.filter((event) => event !== null);
  const sample = await previewEvents(services, organization, kept, log);
  return { events: found.length, complete: cursor === null, sample };
}

function spread<T>(all: readonly T[]): T[] {
  if (all.length <= sampleSize) return [...all];
  const distance = (all.length - 1) / (sampleSize - 1);
  return Array.from({ length: sampleSize }, (_, index) => all[Math.round(index * distance)] as T);
}
