/** Moves the time that `Date` shows; timers of the event loop are not touched. */
export interface ShiftedClock {
  offsetMs: () => number;
  setOffset: (offsetMs: number) => void;
}

/**
 * Replaces the global `Date` by one that adds an offset to the current time. Instances are ordinary dates
 * (same prototype), and everything but "now" is unchanged. Call once, before the app is loaded.
 */
export function installShiftedClock(offsetMs: number): ShiftedClock {
  const RealDate = Date;
  let offset = offsetMs;
  const now = () => RealDate.now() + offset;

  function ShiftedDate(this: unknown, ...args: []): Date | string {
    if (!new.target) return new RealDate(now()).toString();
    const time: unknown[] = args.length === 0 ? [now()] : args;
    return Reflect.construct(RealDate, time, new.target) as Date;
  }

  Object.defineProperties(ShiftedDate, {
    name: { value: "Date" },
    length: { value: RealDate.length },
    prototype: { value: RealDate.prototype },
    now: { value: now },
    parse: { value: RealDate.parse },
    UTC: { value: RealDate.UTC },
  });
  RealDate.prototype.constructor = ShiftedDate;
  globalThis.Date = ShiftedDate as unknown as DateConstructor;
  return {
    offsetMs: () => offset,
    setOffset(next) {
      offset = next;
    },
  };
}
