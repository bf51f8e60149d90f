import type { Clock } from "../clock.ts";

/** One timer for many deadlines: it rings at the earliest, and its owner then says what comes next. */
export type Alarm = {
  /** Rings at `time` (ms since the epoch) unless it rings earlier anyway. */
  at: (time: number) => void;
  stop: () => void;
};

/** The longest delay that a JavaScript timer accepts; a later deadline rings early and is set again. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Creates an alarm that calls `ring`. */
export function createAlarm(clock: Clock, ring: () => void): Alarm {
  let due = Infinity;
  let cancel = () => {};

  return {
    at(time) {
      if (time >= due) return;
      cancel();
      due = time;
      cancel = clock.after(Math.min(Math.max(time - clock.now(), 1), LONGEST_DELAY), () => {
        due = Infinity;
        ring();
      });
    },
    stop() {
      cancel();
      due = Infinity;
    },
  };
}
