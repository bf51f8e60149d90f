import type { AlertRule } from "../contracts/alerts.ts";
import type { Clock } from "../platform/clock.ts";
import type { Sleep } from "../platform/sleep.ts";
import type { Table } from "../platform/storage/table.ts";
import type { Book } from "./book.ts";
import type { Finding, Watched } from "./figures.ts";
import type { SendMessage } from "./teams.ts";

export interface AlertServices {
  /** Table `Alerts`. */
  table: Table;
  clock: Clock;
  sendMessage: SendMessage;
  /** Address of the platform's channel; null when none is set. */
  platformAddress: string | null;
  /** Address of the web portal, for the links. */
  portalUrl: string;
  newId: () => string;
  /** Waits between tries at storage; by the clock on the wall unless a test says otherwise. */
  sleep?: Sleep;
}

/** One organization's part of a check. */
export interface Checked {
  organization: Pick<Watched, "id" | "name">;
  /** What its rules find; `fired` names those that fired when they last had their figures. */
  findings: (fired: ReadonlySet<AlertRule>) => Record<AlertRule, Finding>;
  /** Where its cards go; null when there is no channel: states are kept, nothing is sent. */
  address: string | null;
}

/** An organization whose channel is to be told something. */
export interface Due {
  organization: Checked["organization"];
  findings: Record<AlertRule, Finding>;
  book: Book;
}

/** Organizations looked at side by side: enough to be done within the minute, few enough to leave storage to the events. */
export const concurrency = 16;
