import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { readFilter, writeFilter } from "./eventFilter.ts";
import type { EventFilter } from "./eventFilter.ts";

/** Id of the event log in the page, so that other parts of a screen can bring it into view. */
export const eventLogId = "event-log";

/** The filter in the address. `reveal` brings the event log into view after the change, `close` closes the panel. */
export function useFilter(): {
  filter: EventFilter;
  setFilter: (filter: EventFilter, options?: { reveal?: boolean; close?: boolean }) => void;
} {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search), [search]);
  const setFilter = useCallback(
    (next: EventFilter, { reveal = false, close = false } = {}) => {
      setSearch((current) => {
        const address = writeFilter(current, next);
        if (close) for (const name of ["event", "of", "tab"]) address.delete(name);
        return address;
      });
      if (!reveal) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      document.getElementById(eventLogId)?.scrollIntoView({ behavior: still ? "auto" : "smooth" });
    },
    [setSearch],
  );
  return { filter, setFilter };
}
