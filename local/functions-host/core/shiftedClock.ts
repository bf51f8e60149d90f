/** A clock that can be moved; timers of the event loop do not follow it. */
interface ShiftedClock {
  /** A `Date` whose "now" is the clock's; otherwise the real one, and its instances are ordinary dates. */
  Date: DateConstructor;
  now: () => Date;
  /** Makes the clock be ahead of the real one by so much. */
  setOffset: (offsetMs: number) => void;
}

/** A clock that is ahead of the real one by `offsetMs`, which may be negative. */
export function createShiftedClock(offsetMs: number): ShiftedClock {
  const RealDate = Date;
  let offset = offsetMs;
  const milliseconds = () => RealDate.now() + offset;

  function ShiftedDate(this: unknown, ...args: []): Date | string {
    if (!new.target) return new RealDate(milliseconds()).toString();
    const time: unknown[] = args.length === 0 ? [milliseconds()] : args;
    return Reflect.construct(RealDate, time, new.target) as Date;
  }

  // One prototype for both, so that instanceof holds between the app's dates and those of packages.
  Object.defineProperties(ShiftedDate, {
    name: { value: "Date" },
    length: { value: RealDate.length },
    prototype: { value: RealDate.prototype },
    now: { value: milliseconds },
    parse: { value: RealDate.parse },
    UTC: { value: RealDate.UTC },
  });
  return {
    Date: ShiftedDate as unknown as DateConstructor,
    now: () => new RealDate(milliseconds()),
    setOffset(offsetMs) {
      offset = offsetMs;
    },
  };
}
