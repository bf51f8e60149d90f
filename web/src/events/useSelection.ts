import { useMemo } from "react";
import { useStable } from "../components/useStable.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

/** So many events can be named one by one; more are named by a filter. */
export const mostSelected = 200;

/** The events that are selected in the log. Only what is on the screen can be. */
export interface Selection {
  ids: ReadonlySet<string>;
  select: (eventId: string, selected: boolean) => void;
  selectAll: (selected: boolean) => void;
}

/** Keeps the selection among the shown events: of the chosen ids, what goes from the list is no longer selected. */
export function useSelection(
  shown: EventSummary[],
  chosen: ReadonlySet<string>,
  setChosen: (ids: ReadonlySet<string>) => void,
): Selection {
  const ids = useMemo(
    () => new Set(shown.map(({ eventId }) => eventId).filter((eventId) => chosen.has(eventId))),
    [shown, chosen],
  );
  const select = useStable((eventId: string, selected: boolean) => {
    const next = new Set(ids);
    if (selected) next.add(eventId);
    else next.delete(eventId);
    setChosen(next);
  });
  const selectAll = useStable((selected: boolean) =>
    setChosen(new Set(selected ? shown.map(({ eventId }) => eventId) : [])),
  );
  return useMemo(() => ({ ids, select, selectAll }), [ids, select, selectAll]);
}
