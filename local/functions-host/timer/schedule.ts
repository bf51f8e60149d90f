import { parseTimeSpan } from "../settings/configuration.ts";
import { parseNcrontab } from "./ncrontab.ts";

/** When a timer is due. */
export interface Schedule {
  /** The first occurrence after `now`, in local time (TZ); undefined when there is none. */
  next: (now: Date) => Date | undefined;
  /** Whether occurrences are a minute or more apart: faster schedules are never monitored, as in the host. */
  atLeastAMinute: boolean;
  /** As the app wrote it, with settings resolved. */
  text: string;
}

/** Reads an NCRONTAB expression, or a TimeSpan `hh:mm:ss` for a constant interval. Throws with the reason. */
export function parseSchedule(text: string): Schedule {
  const interval = parseTimeSpan(text);
  if (interval !== undefined) {
    if (interval <= 0) throw new Error(`the schedule '${text}' must be longer than zero.`);
    return {
      text,
      next: (now) => new Date(now.getTime() + interval),
      atLeastAMinute: interval >= 60_000,
    };
  }
  const next = parseNcrontab(text);
  return { text, next, atLeastAMinute: isAtLeastAMinute(next) };
}

/** Looks at the first occurrences of a fixed time, as the host looks at those after its start. */
function isAtLeastAMinute(next: Schedule["next"]): boolean {
  let previous = next(new Date(2024, 0, 1));
  for (let count = 0; previous && count < 5; count += 1) {
    const following = next(previous);
    if (following && following.getTime() - previous.getTime() < 60_000) return false;
    previous = following;
  }
  return true;
}
