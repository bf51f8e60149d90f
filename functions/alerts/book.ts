import { alertRule } from "../contracts/alerts.ts";
import type { AlertRule, AlertStateName } from "../contracts/alerts.ts";
import type { Sleep } from "../platform/sleep.ts";
import { changeRow, recentEdits } from "../platform/storage/changeRow.ts";
import { StorageFault } from "../platform/storage/table.ts";
import type { StoredRow, Table, Write } from "../platform/storage/table.ts";
import { newRule, noted, toTell } from "./ruleState.ts";
import type { RuleState, ToldState } from "./ruleState.ts";

/** States that are on their way to the channel. */
export type Telling = Partial<Record<AlertRule, ToldState>>;

/** While one process sends these states, nobody else may. */
export interface Claim {
  id: string;
  /** Milliseconds since 1970 UTC. */
  until: number;
  states: Telling;
}

/** All rules of one organization: one row of table `Alerts`, so that a check costs one read. */
export interface Book {
  organizationId: string;
  /** Rules that never were anything but quiet are not in it. */
  rules: Partial<Record<AlertRule, RuleState>>;
  claim: Claim | null;
  /** By these a person's change is known again when the answer to it was lost: every write keeps them. */
  recentEdits: readonly string[];
  /** Null before the row exists. */
  etag: string | null;
}

const rowKey = "rules";

export async function readBook(table: Table, organizationId: string): Promise<Book> {
  return toBook(organizationId, await table.get(organizationId, rowKey));
}

/** A stored row as a book; without a row the book of an organization whose rules never were anything but quiet. */
export function toBook(organizationId: string, row: StoredRow | null): Book {
  if (!row) return { organizationId, rules: {}, claim: null, recentEdits: [], etag: null };
  return {
    organizationId,
    rules: JSON.parse(String(row["rules"] ?? "{}")) as Book["rules"],
    claim: JSON.parse(String(row["claim"] ?? "null")) as Claim | null,
    recentEdits: recentEdits(row),
    etag: row.etag,
  };
}

export function ruleIn(book: Book, rule: AlertRule): RuleState {
  return book.rules[rule] ?? newRule;
}

/** The rules that fired when they last had their figures. */
export function firedIn(book: Book): ReadonlySet<AlertRule> {
  return new Set(alertRule.options.filter((rule) => ruleIn(book, rule).verdict === "firing"));
}

/** The book with one rule changed; the same object when it did not change. */
export function withRule(book: Book, rule: AlertRule, change: (state: RuleState) => RuleState): Book {
  const before = ruleIn(book, rule);
  const after = change(before);
  return after === before ? book : { ...book, rules: { ...book.rules, [rule]: after } };
}

/** The book after a check; the same object when nothing changed. */
export function notedIn(book: Book, found: Record<AlertRule, AlertStateName>, now: number): Book {
  return alertRule.options.reduce(
    (noting, rule) => withRule(noting, rule, (state) => noted(state, found[rule], now)),
    book,
  );
}

/** What the channel is to be told of this organization now. */
export function tellingOf(book: Book, now: number): Telling {
  const entries = alertRule.options.map((rule) => [rule, toTell(ruleIn(book, rule), now)] as const);
  return Object.fromEntries(entries.filter(([, state]) => state !== null));
}

/** The write of a book, guarded by the version that it was made from. */
export function bookWrite({ organizationId, rules, claim, recentEdits: edits, etag }: Book): Write {
  const row = {
    partitionKey: organizationId,
    rowKey,
    rules: JSON.stringify(rules),
    claim: JSON.stringify(claim),
    recentEdits: JSON.stringify(edits),
  };
  return etag === null ? { kind: "create", row } : { kind: "replace", row, etag };
}

/** Writes the book if nobody else did; null when somebody was faster. Throws other faults of storage. */
export async function saveBook(table: Table, book: Book): Promise<Book | null> {
  try {
    const [etag = ""] = await table.submit([bookWrite(book)]);
    return { ...book, etag };
  } catch (error) {
    if (isOvertaken(error)) return null;
    throw error;
  }
}

/**
 * Reads, changes and writes; when somebody else was faster, again on what they left. A change whose answer was lost is
 * known again.
 */
export async function editBook(
  table: Table,
  organizationId: string,
  change: (book: Book) => Book,
  sleep?: Sleep,
): Promise<Book> {
  const read = (row: StoredRow | null) => toBook(organizationId, row);
  const toRow = (book: Book) => bookWrite(book).row;
  const key = { partitionKey: organizationId, rowKey };
  const { after } = await changeRow(table, key, { read, change, toRow }, sleep);
  return after;
}

/** Whether a guarded write failed because somebody else wrote first. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof StorageFault && (error.kind === "conflict" || error.kind === "exists");
}
