import { useCallback, useEffect, useMemo, useRef } from "react";
import { useLocation, useSearchParams } from "react-router";
import { readFilter, writeFilter } from "./eventFilter.ts";
import { eventLogId, focusLog } from "./logFocus.ts";
import type { EventFilter } from "./eventFilter.ts";

/** The filter in the address. `reveal` brings the event log into view after the change, `close` closes the panel. */
export function useFilter(): {
  filter: EventFilter;
  setFilter: (filter: EventFilter, options?: { reveal?: boolean; close?: boolean }) => void;
} {
  const location = useLocation();
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search), [search]);
  const revealFrom = useRef<typeof location | null>(null);
  useEffect(() => {
    // Not before the filter is applied: the list that goes then may leave the page too short for where it was.
    if (revealFrom.current === null || revealFrom.current === location) return;
    revealFrom.current = null;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById(eventLogId)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    focusLog();
  }, [location]);
  const setFilter = useCallback(
    (next: EventFilter, { reveal = false, close = false } = {}) => {
      revealFrom.current = reveal ? location : null;
      setSearch((current) => {
        const address = writeFilter(current, next);
        if (close) for (const name of ["event", "of", "tab"]) address.delete(name);
        return address;
      });
    },
    [location, setSearch],
  );
  return { filter, setFilter };
}
