import { useCallback, useLayoutEffect, useRef } from "react";

/**
 * The same function on every rendering, that does what the latest one would: what it is given to need not be drawn
 * again. For handlers of what a person does; it must not be called while rendering.
 */
export function useStable<Args extends unknown[]>(handler: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
