import { useEffect } from "react";
import type { OpenEvent } from "./useOpenEvent.ts";
import type { EventSummary } from "../../../functions/contracts/portal.ts";

interface Neighbours {
  previous: EventSummary | null;
  next: EventSummary | null;
  open: OpenEvent["open"];
}

/** While an event is open, Alt+Up and Alt+Down go to the one before and after it, wherever the focus is. */
export function useStepKeys(active: boolean, { previous, next, open }: Neighbours): void {
  useEffect(() => {
    if (!active) return undefined;
    const step = (event: KeyboardEvent): void => {
      const neighbour = event.key === "ArrowUp" ? previous : event.key === "ArrowDown" ? next : null;
      if (!event.altKey || !neighbour) return;
      event.preventDefault();
      open(neighbour);
    };
    addEventListener("keydown", step);
    return () => removeEventListener("keydown", step);
  }, [active, previous, next, open]);
}
