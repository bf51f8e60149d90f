import { useLayoutEffect, useRef } from "react";
import { NavigationType, useNavigationType } from "react-router";

/**
 * Begins a screen that was newly opened at its top, with the focus on it; after "Back" the place is the browser's
 * affair. It stands before the screen, so that what the screen itself brings into sight comes later and wins.
 */
export function NewScreen({ address, focus }: { address: string; focus: string }) {
  const how = useNavigationType();
  const before = useRef(address);
  useLayoutEffect(() => {
    const from = before.current;
    before.current = address;
    // The root only leads on to the first screen.
    if (from === address || from === "/" || how === NavigationType.Pop) return;
    scrollTo(0, 0);
    document.getElementById(focus)?.focus({ preventScroll: true });
  }, [address, focus, how]);
  return null;
}
