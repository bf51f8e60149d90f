import { useSearchParams } from "react-router";
import { useEvent } from "../api/queries.ts";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";

/** Why someone came to the mapping: the place by which an event failed, and what the event says of it. */
export interface Reason {
  eventId: string;
  table: string | null;
  field: string | null;
  /** Null until the event is read, and when it failed otherwise or is no longer kept; so is the code. */
  message: string | null;
  code: OutcomeCode | null;
}

/** What the address says of the event that led here; null when none did. */
export function useReason(organizationId: string): Reason | null {
  const [search] = useSearchParams();
  const eventId = search.get("event");
  const { data } = useEvent(organizationId, eventId);
  if (eventId === null) return null;
  const { message = null, code = null } = data?.outcome === "error" ? data : {};
  return { eventId, table: search.get("table"), field: search.get("field"), message, code };
}
