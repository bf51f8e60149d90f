import { outcomeCatalogue } from "../../../functions/contracts/outcomes.ts";
import { outcomes } from "../components/outcomes.ts";
import { isPeriod, periodStart } from "../time/periods.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";
import type { EventFilter as ApiFilter, Period } from "../../../functions/contracts/portal.ts";

/** Which time the log shows: a rolling period, a fixed range in epoch milliseconds (either end may be open), or all. */
export type TimeFilter = { period: Period } | { from: number | null; to: number | null } | null;

/** What the event log is narrowed to. An empty text narrows nothing. */
export interface EventFilter {
  outcome: Outcome | null;
  code: OutcomeCode | null;
  type: string;
  recordId: string;
  search: string;
  time: TimeFilter;
  /** Used by the merged log of the platform alone. */
  organizationId: string;
}

/** The filter that lets every event through. */
export const noFilter: EventFilter = {
  outcome: null,
  code: null,
  type: "",
  recordId: "",
  search: "",
  time: null,
  organizationId: "",
};

const hourLength = 3_600_000;
const names = ["outcome", "code", "type", "record", "q", "time", "from", "to", "organization"];

/** Reads the filter from an address; what it cannot read narrows nothing. */
export function readFilter(search: URLSearchParams): EventFilter {
  const outcome = search.get("outcome");
  const code = search.get("code");
  return {
    outcome: isOutcome(outcome) ? outcome : null,
    code: isCode(code) ? code : null,
    type: search.get("type") ?? "",
    recordId: search.get("record") ?? "",
    search: search.get("q") ?? "",
    time: readTime(search),
    organizationId: search.get("organization") ?? "",
  };
}

/** Writes a filter into an address and leaves everything else in it alone. */
export function writeFilter(search: URLSearchParams, filter: EventFilter): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of names) next.delete(name);
  const set = (name: string, value: string | null) => value && next.set(name, value);
  set("outcome", filter.outcome);
  set("code", filter.code);
  set("type", filter.type.trim());
  set("record", filter.recordId.trim());
  set("q", filter.search.trim());
  set("organization", filter.organizationId);
  if (filter.time && "period" in filter.time) set("time", filter.time.period);
  else if (filter.time) {
    set("from", filter.time.from === null ? null : new Date(filter.time.from).toISOString());
    set("to", filter.time.to === null ? null : new Date(filter.time.to).toISOString());
  }
  return next;
}

/** Whether the filter narrows the log at all. */
export function isFiltered(filter: EventFilter): boolean {
  return writeFilter(new URLSearchParams(), filter).size > 0;
}

/** The filter that shows exactly the events of one count of a status panel. */
export function countFilter(period: Period, outcome: Outcome): EventFilter {
  return { ...noFilter, outcome, time: { period } };
}

/** The filter that shows exactly the events of one hour, by the instant at which it begins. */
export function hourFilter(hour: string): EventFilter {
  const from = Date.parse(hour);
  return { ...noFilter, time: { from, to: from + hourLength } };
}

/** The filter as the API asks for it; a rolling period becomes its beginning as of `now`. */
export function apiQuery(filter: EventFilter, now: number): Record<string, string | null> {
  const { time } = filter;
  const from = time && ("period" in time ? periodStart(time.period, now) : time.from);
  const to = time && "to" in time ? time.to : null;
  return {
    outcome: filter.outcome,
    code: filter.code,
    type: filter.type || null,
    recordId: filter.recordId || null,
    q: filter.search || null,
    organizationId: filter.organizationId || null,
    from: from === null ? null : new Date(from).toISOString(),
    to: to === null ? null : new Date(to).toISOString(),
  };
}

/** The filter as a body of the API names it: what narrows nothing is left out, and so is the organization. */
export function apiFilter(filter: EventFilter, now: number): ApiFilter {
  const { organizationId: _, ...query } = apiQuery(filter, now);
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));
}

function readTime(search: URLSearchParams): TimeFilter {
  const period = search.get("time");
  if (isPeriod(period)) return { period };
  const from = readInstant(search.get("from"));
  const to = readInstant(search.get("to"));
  return from === null && to === null ? null : { from, to };
}

function readInstant(text: string | null): number | null {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function isCode(text: string | null): text is OutcomeCode {
  return text !== null && Object.hasOwn(outcomeCatalogue, text);
}

function isOutcome(text: string | null): text is Outcome {
  return outcomes.some((outcome) => outcome === text);
}
