import { eventTypeTitle } from "../components/eventTypeTitle.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { Column } from "./eventColumns.ts";
import type { Selection } from "./useSelection.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** What both forms of the list, table and cards, are given. */
export interface EventRowsProps {
  events: EventSummary[];
  /** Ids of the events that came in last. */
  arrived: ReadonlySet<string>;
  /** Id of the event that the panel shows. */
  openId: string | null;
  open: (event: EventSummary) => void;
  /** The organizations by which events are named; null where all events are of one. */
  organizations: Me["organizations"] | null;
  columns: ReadonlySet<Column>;
  /** Null where events are not selected. */
  selection: Selection | null;
}

/** What one row or card is given. A list is long and changes often: each is drawn again only when it changed itself. */
export interface EventRowProps {
  event: EventSummary;
  arrived: boolean;
  isOpen: boolean;
  open: (event: EventSummary) => void;
  /** Null where all events are of one organization. */
  organization: string | null;
  columns: ReadonlySet<Column>;
  /** Null where events are not selected. */
  selected: boolean | null;
  select: ((eventId: string, selected: boolean) => void) | null;
}

/** The parts of a list, one for each event. */
export function rowsOf(rows: EventRowsProps): EventRowProps[] {
  const { events, arrived, openId, open, organizations, columns, selection } = rows;
  const names = new Map(organizations?.map(({ id, name }) => [id, name]));
  return events.map((event) => ({
    event,
    arrived: arrived.has(event.eventId),
    isOpen: event.eventId === openId,
    open,
    organization: organizations && (names.get(event.organizationId) ?? event.organizationId),
    columns,
    selected: selection && selection.ids.has(event.eventId),
    select: selection && selection.select,
  }));
}

/** What a box that selects an event is called. */
export function selectLabel({ eventType, eventId }: EventSummary): string {
  return `Select event ${eventTypeTitle(eventType)}, ${shortId(eventId)}`;
}

/** The first and last characters of a long id: enough to tell two apart. */
export function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}
