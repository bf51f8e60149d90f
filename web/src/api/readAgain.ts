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

/** How often an event that waits for its next attempt is read, in milliseconds. */
export const attemptEvery = 5000;
/** How often events are read at least while one of them waits: a page that was not visible when it was due catches up. */
const waitingEvery = 60_000;

/**
 * How many milliseconds later events are worth reading again because the next attempt at one of them is due; false when
 * none has one ahead. An attempt that fails again changes none of the figures from which a change is known.
 */
export function untilNextAttempt(
  events: readonly { nextAttemptAt: string | null }[],
  now: number,
): number | false {
  const due = events.flatMap(({ nextAttemptAt }) => (nextAttemptAt ? [Date.parse(nextAttemptAt)] : []));
  return due.length > 0 && Math.min(waitingEvery, Math.max(attemptEvery, Math.min(...due) - now));
}

/** For `refetchInterval` of what is read when something has changed: reads again by itself only after an error that may pass. */
export function readAfterError({ state }: AnyQuery): number | false {
  return state.error && isTransient(state.error) ? refreshEvery : false;
}
