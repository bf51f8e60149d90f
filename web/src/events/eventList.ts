import type { EventPage, EventSummary } from "../../../functions/contracts/portal.ts";

/** The event log as it is on the screen, and what has arrived since without being shown. */
export interface EventList {
  /** Newest first. */
  shown: EventSummary[];
  /** Where the page after the last shown one begins; null at the end. */
  nextCursor: string | null;
  /** Whether older pages were added to the first one. */
  extended: boolean;
  /** The newest page, set aside while the list is held still; null when everything is shown. */
  aside: { page: EventPage; count: number; more: boolean } | null;
  /** Ids of the events that came in last, so that they can be pointed out. */
  arrived: ReadonlySet<string>;
}

/** The list of one log and filter, which `key` names. */
export interface KeyedList {
  key: string;
  list: EventList;
}

/** Begins a list with its first page. */
export function startList(page: EventPage, arrived: Iterable<string> = []): EventList {
  return {
    shown: page.items,
    nextCursor: page.nextCursor,
    extended: false,
    aside: null,
    arrived: new Set(arrived),
  };
}

/**
 * Takes in the newest page again. Normally it takes the place of the list. While `held`, or once older pages were
 * added, it is set aside: shown events that are in the page are brought up to date where they stand, and the others
 * stay as they were read. What has left the log goes only when the list is not held: what is being read never moves.
 */
export function takeNewest(list: EventList, page: EventPage, held: boolean): EventList {
  const fresh = freshIn(page, list);
  if (!held && !list.extended) return startList(page, fresh);
  const current = new Map(page.items.map((event) => [event.eventId, event]));
  const kept = held
    ? list.shown
    : list.shown.filter((event) => current.has(event.eventId) || isBeyond(event, page));
  return {
    ...list,
    shown: kept.map((event) => current.get(event.eventId) ?? event),
    // Where the newest page is all that is left, the pages after it are gone.
    nextCursor: !held && page.nextCursor === null ? null : list.nextCursor,
    aside:
      fresh.length === 0
        ? null
        : { page, count: fresh.length, more: fresh.length === page.items.length && page.nextCursor !== null },
  };
}

/** Whether an event is so old that a page from the newest on does not tell whether it is still in the log. */
function isBeyond({ receivedAt }: EventSummary, { items, nextCursor }: EventPage): boolean {
  const oldest = items.at(-1);
  return nextCursor !== null && (!oldest || receivedAt <= oldest.receivedAt);
}

/** Shows what was set aside: the list begins anew with the newest page. */
export function showAside(list: EventList): EventList {
  if (!list.aside) return list;
  const { page } = list.aside;
  return startList(page, freshIn(page, list));
}

/**
 * Ids of the events in the newest page that are new in a list. When events leave the filter, older ones move up into
 * the page: those that belong below the last shown one are not new.
 */
function freshIn({ items }: EventPage, { shown, nextCursor }: EventList): string[] {
  const known = new Set(shown.map(({ eventId }) => eventId));
  const oldest = nextCursor === null ? "" : (shown.at(-1)?.receivedAt ?? "");
  return items
    .filter(({ eventId, receivedAt }) => !known.has(eventId) && receivedAt >= oldest)
    .map(({ eventId }) => eventId);
}

/** Takes in the older page that begins at `asked.cursor`, unless another list has begun since it was asked for. */
export function takeOlder(
  current: KeyedList | null,
  asked: { key: string; cursor: string },
  page: EventPage,
): KeyedList | null {
  if (current?.key !== asked.key || current.list.nextCursor !== asked.cursor) return current;
  return { ...current, list: addOlder(current.list, page) };
}

/** Adds the next older page. */
export function addOlder(list: EventList, page: EventPage): EventList {
  const known = new Set(list.shown.map(({ eventId }) => eventId));
  const older = page.items.filter(({ eventId }) => !known.has(eventId));
  return {
    ...list,
    shown: [...list.shown, ...older],
    nextCursor: page.nextCursor,
    extended: true,
    arrived: new Set(),
  };
}

/** "3 new events", or "50+ new events" when there are more than one page tells; null when nothing waits. */
export function asideLabel({ aside }: EventList): string | null {
  if (!aside) return null;
  return `${aside.count}${aside.more ? "+" : ""} new event${aside.count === 1 && !aside.more ? "" : "s"}`;
}

/** The events before and after one in the shown list; null at an end or when it is not shown. */
export function neighbours(
  shown: EventSummary[],
  eventId: string,
): { previous: EventSummary | null; next: EventSummary | null } {
  const at = shown.findIndex((event) => event.eventId === eventId);
  return {
    previous: at > 0 ? (shown[at - 1] ?? null) : null,
    next: at >= 0 ? (shown[at + 1] ?? null) : null,
  };
}
