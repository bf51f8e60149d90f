import { useEffect } from "react";
import type { OpenEvent } from "./useOpenEvent.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

interface Panel {
  previous: EventSummary | null;
  next: EventSummary | null;
  open: OpenEvent["open"];
  close: OpenEvent["close"];
}

/**
 * While an event is open, Escape closes it and Alt+Up and Alt+Down go to the one before and after it, wherever
 * the focus is. The keys are heard before anything else: the tooltip of a focused button would keep the first
 * Escape for itself.
 */
export function usePanelKeys(active: boolean, { previous, next, open, close }: Panel): void {
  useEffect(() => {
    if (!active) return undefined;
    const press = (event: KeyboardEvent): void => {
      // A dialog over the panel has the keys for itself.
      if (event.target instanceof Element && event.target.closest(".fui-DialogSurface")) return;
      if (event.key === "Escape") close();
      const neighbour = event.key === "ArrowUp" ? previous : event.key === "ArrowDown" ? next : null;
      if (!event.altKey || !neighbour) return;
      event.preventDefault();
      open(neighbour);
    };
    addEventListener("keydown", press, { capture: true });
    return () => removeEventListener("keydown", press, { capture: true });
  }, [active, previous, next, open, close]);
}
