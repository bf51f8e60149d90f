import { useNavigate } from "react-router";
import type { MouseEvent } from "react";

/** Creates click handlers that follow a link inside the portal and leave clicks for a new tab to the browser. */
export function useFollow(): (to: string) => (event: MouseEvent) => void {
  const navigate = useNavigate();
  return (to) => (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate(to);
  };
}
