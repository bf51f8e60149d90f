import { isTransient } from "./problem.ts";

interface AnyQuery {
  state: { error: Error | null };
}

/** How often figures are read while the page is visible, in milliseconds: a new event is on the screen within 3 s. */
export const refreshEvery = 2000;

/** For `refetchInterval`: reads again after `interval` milliseconds, but not after an error that would only come again. */
export function keepReading(interval: number) {
  return ({ state }: AnyQuery): number | false =>
    state.error && !isTransient(state.error) ? false : interval;
}

/** For `refetchInterval` of what is read when something has changed: reads again by itself only after an error that may pass. */
export function readAfterError({ state }: AnyQuery): number | false {
  return state.error && isTransient(state.error) ? refreshEvery : false;
}
