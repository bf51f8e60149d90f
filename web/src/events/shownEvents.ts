import { apiFilter } from "./eventFilter.ts";
import { mostSelected } from "./useSelection.ts";
import type { EventFilter } from "./eventFilter.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";
import type { ReplaySelection } from "../../../functions/contracts/replays.ts";

/**
 * Names the events that are shown: one by one, or more than can be named so by the filter and the time from the oldest
 * to the newest of them. Null when none is shown. `now` in milliseconds since 1970 UTC.
 */
export function shownEvents(shown: EventSummary[], filter: EventFilter, now: number): ReplaySelection | null {
  const [newest, oldest] = [shown[0], shown.at(-1)];
  if (!newest || !oldest) return null;
  if (shown.length <= mostSelected) return { eventIds: shown.map(({ eventId }) => eventId) };
  const to = new Date(Date.parse(newest.receivedAt) + 1).toISOString();
  return { filter: { ...apiFilter(filter, now), from: oldest.receivedAt, to } };
}
