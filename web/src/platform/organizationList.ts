import { alertMark } from "./alertWords.ts";
import type { PlatformOrganization } from "../../../functions/contracts/platform.ts";

/** By what the organizations can be ordered; who needs attention is the order in which they are given. */
export const sortings = {
  attention: "Who needs attention",
  name: "Name",
  alerts: "Most alerts",
  lastSuccess: "Longest without a success",
  success: "Most successes",
  errors: "Most errors",
  skipped: "Most skipped",
  errorRate: "Highest error rate",
  waiting: "Longest waiting",
} as const;
export type Sorting = keyof typeof sortings;

/** Which organizations the platform screen shows, as its address says it. */
export interface OrganizationList {
  /** A part of the name or id; empty for all. */
  find: string;
  sort: Sorting;
  /** The other way round. */
  reverse: boolean;
  /** Counted from 1. */
  page: number;
}

/** Reads the list from an address; what it cannot read is as at the beginning. */
export function readList(search: URLSearchParams): OrganizationList {
  const [, minus, sort = ""] = /^(-?)(\w*)$/.exec(search.get("sort") ?? "") ?? [];
  const page = Number(search.get("page"));
  return {
    find: search.get("find") ?? "",
    sort: isSorting(sort) ? sort : "attention",
    reverse: isSorting(sort) && minus === "-",
    page: Number.isInteger(page) && page > 1 ? page : 1,
  };
}

/** Writes the list into an address and leaves everything else in it alone. */
export function writeList(search: URLSearchParams, list: OrganizationList): URLSearchParams {
  const next = new URLSearchParams(search);
  const set = (name: string, value: string) => (value ? next.set(name, value) : next.delete(name));
  const isDefault = list.sort === "attention" && !list.reverse;
  set("find", list.find.trim());
  set("sort", isDefault ? "" : `${list.reverse ? "-" : ""}${list.sort}`);
  set("page", list.page > 1 ? String(list.page) : "");
  return next;
}

/** The organizations that the list is about, in its order; equals stay as they are given. */
export function arrange(
  organizations: readonly PlatformOrganization[],
  { find, sort, reverse }: Pick<OrganizationList, "find" | "sort" | "reverse">,
): PlatformOrganization[] {
  const wanted = find.trim().toLowerCase();
  const found = organizations.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  const compare = comparisons[sort];
  const sorted = compare ? found.toSorted(compare) : found;
  return reverse ? sorted.toReversed() : sorted;
}

type Compare = (a: PlatformOrganization, b: PlatformOrganization) => number;

const comparisons: Record<Sorting, Compare | null> = {
  attention: null,
  name: (a, b) => a.name.localeCompare(b.name),
  alerts: largest(({ alerts }) => (alerts ? alerts.filter((alert) => alertMark(alert) === null).length : -1)),
  lastSuccess: largest(({ lastSuccessAt }) => (lastSuccessAt === null ? 1 : -Date.parse(lastSuccessAt))),
  success: largest(({ last24h }) => last24h.success),
  errors: largest(({ last24h }) => last24h.error),
  skipped: largest(({ last24h }) => last24h.skipped),
  errorRate: largest(({ errorRate }) => errorRate ?? -1),
  waiting: largest(({ queue }) => queue.atMostSeconds ?? Number.MAX_VALUE),
};

function largest(figure: (organization: PlatformOrganization) => number): Compare {
  return (a, b) => figure(b) - figure(a);
}

function isSorting(text: string): text is Sorting {
  return Object.hasOwn(sortings, text);
}
