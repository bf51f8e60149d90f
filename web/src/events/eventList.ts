import type { EventPage, EventSummary } from "../../../functions/contracts/portal.ts";

/** The event log as it is on the screen, and what has arrived since without being shown. */
export interface EventList {
  /** Newest first. */
  shown: EventSummary[];
  /** Arrived while the list was held still, newest first. */
  waiting: EventSummary[];
  /** Where the page after the last shown one begins; null at the end. */
  nextCursor: string | null;
  /** The newest page when so much arrived that it no longer meets the shown list; null otherwise. */
  newest: EventPage | null;
  /** Ids of the events that came in last, so that they can be pointed out. */
  arrived: ReadonlySet<string>;
}

/** Begins a list with its first page. */
export function startList(page: EventPage): EventList {
  return { shown: page.items, waiting: [], nextCursor: page.nextCursor, newest: null, arrived: new Set() };
}

/**
 * Takes in the newest page again. Events that are shown already are brought up to date where they are. New ones
 * are shown at once, or set aside while `held`, so that what is being read never moves.
 */
export function takeNewest(list: EventList, page: EventPage, held: boolean): EventList {
  const current = new Map(page.items.map((event) => [event.eventId, event]));
  const known = new Set(list.shown.map(({ eventId }) => eventId));
  const shown = list.shown.map((event) => current.get(event.eventId) ?? event);
  const fresh = page.items.filter(({ eventId }) => !known.has(eventId));
  const meets = fresh.length < page.items.length || page.nextCursor === null;
  const next: EventList = { ...list, shown, waiting: fresh, newest: meets ? null : page, arrived: new Set() };
  return held ? next : showWaiting(next);
}

/** Shows what was set aside. Where a gap would be left, the list begins anew with the newest page. */
export function showWaiting(list: EventList): EventList {
  const arrived = new Set(list.waiting.map(({ eventId }) => eventId));
  if (list.newest) return { ...startList(list.newest), arrived };
  if (list.waiting.length === 0) return list;
  return { ...list, shown: [...list.waiting, ...list.shown].sort(newestFirst), waiting: [], arrived };
}

/** Adds the next older page. */
export function addOlder(list: EventList, page: EventPage): EventList {
  const known = new Set(list.shown.map(({ eventId }) => eventId));
  const older = page.items.filter(({ eventId }) => !known.has(eventId));
  return { ...list, shown: [...list.shown, ...older], nextCursor: page.nextCursor, arrived: new Set() };
}

/** "3 new events", or "50+ new events" when there are more than one page tells. */
export function waitingLabel(list: EventList): string {
  const count = list.waiting.length;
  return `${count}${list.newest ? "+" : ""} new event${count === 1 ? "" : "s"}`;
}

/** The event before and after one in the shown list; null at an end or when it is not shown. */
export function neighbours(shown: EventSummary[], eventId: string) {
  const at = shown.findIndex((event) => event.eventId === eventId);
  return {
    previous: at > 0 ? (shown[at - 1] ?? null) : null,
    next: at >= 0 ? (shown[at + 1] ?? null) : null,
  };
}

function newestFirst(a: EventSummary, b: EventSummary): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? 1 : -1;
  return a.eventId < b.eventId ? -1 : 1;
}
