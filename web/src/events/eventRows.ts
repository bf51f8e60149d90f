import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** What both forms of the list, table and cards, are given. */
export interface EventRowsProps {
  events: EventSummary[];
  /** Ids of the events that came in last. */
  arrived: ReadonlySet<string>;
  /** Id of the event that the panel shows. */
  openId: string | null;
  open: (event: EventSummary) => void;
  /** Names an organization; null where all events are of one. */
  nameOf: ((organizationId: string) => string) | null;
}

/** The first and last characters of a long id: enough to tell two apart. */
export function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}
