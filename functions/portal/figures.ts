import type { Figures } from "../alerts/figures.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";
import { silenceOf } from "./health.ts";
import type { ProjectionLine } from "./projection.ts";

/**
 * What an organization's rules are checked with: its line of the platform screen, which holds all counters that they
 * need, and a look at the queue. Null stands for a store that did not answer.
 */
export function figuresOf(
  { silenceHours }: StoredOrganization,
  at: number,
  line: ProjectionLine | null,
  queue: Figures["queue"],
): Figures {
  const hour = line?.periods.find(({ period }) => period === "1h");
  if (!line || !hour) return { at, counters: null, queue };
  const { lastEventAt, rejections1h } = line;
  const { success, error, skipped, from } = hour;
  return {
    at,
    counters: {
      lastEventAt,
      silentSince: silenceOf({ now: at, lastEventAt, silenceHours }).since,
      lastHour: { success, error, skipped, from: Date.parse(from) },
      rejectionsLastHour: rejections1h,
    },
    queue,
  };
}
