import { useCallback, useSyncExternalStore } from "react";

/** Whether a CSS media query holds, kept up to date. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Whether a table of events or organizations has too little room, even beside no navigation: lists are cards then. */
export function useNarrow(): boolean {
  return useMediaQuery("(max-width: 1023.98px)");
}

/** Whether the navigation would take the room that the tables need: it slides in over the screen then. */
export function useFoldedNavigation(): boolean {
  return useMediaQuery("(max-width: 1199.98px)");
}
