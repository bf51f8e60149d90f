import { useNavigate } from "react-router";
import type { MouseEvent } from "react";

/** Creates a link's click handler that acts inside the portal and leaves clicks for a new tab to the browser. */
export function onPlainClick(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act();
  };
}

/** Creates click handlers that follow a link inside the portal. */
export function useFollow(): (to: string) => (event: MouseEvent) => void {
  const navigate = useNavigate();
  return (to) => onPlainClick(() => void navigate(to));
}
