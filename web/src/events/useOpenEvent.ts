import { useCallback } from "react";
import { useLocation, useSearchParams } from "react-router";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** The tabs of the panel, in their order. */
export const tabs = ["summary", "steps", "why", "changes", "payload", "attempts"] as const;
export type PanelTab = (typeof tabs)[number];

/** Which event the panel shows, and which part of it: both live in the address. */
export interface OpenEvent {
  eventId: string | null;
  /** Given where the screen is not one organization's. */
  organizationId: string | null;
  /** Null until a part is chosen: what an event's reader most likely looks for is then shown first. */
  tab: PanelTab | null;
  open: (event: Pick<EventSummary, "eventId" | "organizationId">) => void;
  showTab: (tab: PanelTab) => void;
  close: () => void;
}

/** Reads and changes the open event. `of` says whether events of several organizations are on the screen. */
export function useOpenEvent(of: "one" | "many"): OpenEvent {
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((name) => name === search.get("tab")) ?? null;
  const change = useCallback(
    (changes: Record<string, string | null>, replace: boolean) =>
      setSearch(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null) next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setSearch],
  );
  const eventId = search.get("event");
  return {
    eventId,
    organizationId: search.get("of"),
    tab,
    open: (event) =>
      change({ event: event.eventId, of: of === "many" ? event.organizationId : null }, eventId !== null),
    showTab: (tab) => change({ tab }, true),
    close: () => change({ event: null, of: null, tab: null }, false),
  };
}

/** Makes the address at which an event of this screen's organization is open. */
export function useEventAddress(): (eventId: string) => string {
  const { pathname, search } = useLocation();
  return (eventId) => {
    const next = new URLSearchParams(search);
    next.set("event", eventId);
    return `${pathname}?${next.toString()}`;
  };
}
