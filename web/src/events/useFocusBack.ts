import { useEffect, useRef, useState } from "react";
import { focusEvent } from "./logFocus.ts";

/**
 * When the panel goes, gives the focus back to what opened it. Where that is not there, as after a link to the event,
 * the event last shown in the panel gets it.
 */
export function useFocusBack(eventId: string | null): void {
  const [opener] = useState(() => document.activeElement);
  const last = useRef(eventId);
  useEffect(() => {
    // The panel is still seen for a moment after its event was closed.
    last.current = eventId ?? last.current;
  }, [eventId]);
  useEffect(
    () => () => {
      if (document.activeElement !== document.body) return;
      if (opener instanceof HTMLElement && opener.isConnected && opener.matches("a, button")) opener.focus();
      else if (last.current !== null) focusEvent(last.current);
    },
    [opener],
  );
}
