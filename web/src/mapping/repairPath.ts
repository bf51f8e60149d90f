import { fieldNamedIn } from "../../../functions/contracts/mappingSentences.ts";
import { settingsPath } from "../shell/paths.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** Address of the mapping at the field by which an event failed; at its table where the event names no field. */
export function repairPath({ organizationId, eventId, table, message }: EventSummary): string {
  const field = fieldNamedIn(message ?? "");
  const search = new URLSearchParams({ ...(table && { table }), ...(field && { field }), event: eventId });
  return `${settingsPath(organizationId, "mapping")}?${search.toString()}`;
}
