import { useClockText } from "../time/clock.ts";
import { durationAtMost } from "../time/format.ts";

/** Says how old the oldest figure on the screen is at most. */
export function FiguresAge({ asOf }: { asOf: string }) {
  const at = Date.parse(asOf);
  const age = useClockText((now) => durationAtMost(Math.max(1, (now - at) / 1000)));
  return <span>Figures at most {age} old</span>;
}
