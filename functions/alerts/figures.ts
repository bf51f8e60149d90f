import type { AlertStateName } from "../contracts/alerts.ts";
import type { OutcomeCounts } from "../contracts/common.ts";
import type { QueueAge } from "../contracts/portal.ts";
import type { StoredOrganization } from "../organizations/storedOrganization.ts";

/** The part of an organization that its rules look at. */
export type Watched = Pick<StoredOrganization, "id" | "name" | "state" | "silenceHours" | "keys" | "alerts">;

/** What the rules are checked with. Times are milliseconds since 1970 UTC. */
export interface Figures {
  /** When they were read. */
  at: number;
  /** Null when storage did not answer. */
  counters: {
    lastEventAt: number | null;
    /** Since when the organization is silent; null when it is not. */
    silentSince: number | null;
    /** Events received from `from` until `at`, which is about an hour. */
    lastHour: OutcomeCounts & { from: number };
    /** Requests refused in the same time. */
    rejectionsLastHour: number;
  } | null;
  queue: QueueAge;
}

/** What a rule found, and why. */
export interface Finding {
  state: AlertStateName;
  /** A few words that follow the organization's name in a card's title. */
  headline: string;
  /** One sentence with the figures. */
  reason: string;
  inputs: { name: string; value: string }[];
  /** What to do about it; null when there is nothing to do. */
  remedy: string | null;
  /** Where to look, below the organization's address in the web portal. */
  path: string;
}
