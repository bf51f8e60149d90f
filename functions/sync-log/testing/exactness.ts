import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Attempt } from "../../contracts/portal.ts";
import type { StoredRow } from "../../platform/storage/table.ts";

/**
 * Invariant I1, told from the rows alone and without the code that writes them: what the counters, identities and index
 * rows of one organization must be, given its event rows. Throws when they are anything else.
 */
export function checkExact(rows: ReadonlyMap<string, StoredRow>, now: number): void {
  const all = [...rows.values()];
  const events = all.filter((row) => row.rowKey.startsWith("e|")).map(readEvent);
  const counters = all.filter((row) => /^d\|\d{8}\|s/.test(row.rowKey));

  deepStrictEqual(hourly(counters), expectedHourly(events), "counters by hour and outcome");
  deepStrictEqual(slots(counters, now), expectedSlots(events, now), "counters of the last hour");
  strictEqual(newest(counters, "lastEventAt"), maximum(events.map(({ receivedAt }) => iso(receivedAt))));
  const successes = events.flatMap(({ log }) => log.filter(({ outcome }) => outcome === "success"));
  strictEqual(newest(counters, "lastSuccessAt"), maximum(successes.map(({ at }) => at)));

  const identities = all.filter((row) => row.rowKey.startsWith("i|"));
  deepStrictEqual(
    identities.map((row) => `${row.rowKey} → ${String(row["eventKey"])}`).toSorted(),
    events.map(({ id, row }) => `i|${id} → ${row.rowKey}`).toSorted(),
    "identity rows",
  );
  const index = all.filter((row) => row.rowKey.startsWith("x|"));
  deepStrictEqual(
    index.map((row) => `${row.rowKey} ${line(row)}`).toSorted(),
    events
      .filter(({ outcome }) => outcome !== "success")
      .map(({ outcome, row }) => `x|${outcome}|${row.rowKey.slice(2)} ${line(row)}`)
      .toSorted(),
    "index rows",
  );
  for (const { row, outcome, log } of events) {
    const numbers = log.map((attempt) => attempt.number);
    deepStrictEqual(
      numbers,
      [...new Set(numbers)].toSorted((a, b) => a - b),
      "attempts ascend",
    );
    deepStrictEqual(
      [row["attempts"], outcome],
      [log.at(-1)?.number, log.at(-1)?.outcome],
      "the last attempt counts",
    );
  }
}

interface EventRow {
  row: StoredRow;
  id: string;
  receivedAt: number;
  outcome: string;
  log: Attempt[];
}

function readEvent(row: StoredRow): EventRow {
  const [, inverted = "", id = ""] = row.rowKey.split("|");
  return {
    row,
    id,
    receivedAt: 9_999_999_999_999 - Number(inverted),
    outcome: String(row["outcome"]),
    log: JSON.parse(String(row["attemptLog"])) as Attempt[],
  };
}

function line(row: StoredRow): string {
  return JSON.stringify([
    row["outcome"],
    row["attempts"],
    row["processedAt"],
    row["nextAttemptAt"],
    row["eventType"],
  ]);
}

function expectedHourly(events: readonly EventRow[]): Record<string, number> {
  return tally(events.map(({ receivedAt, outcome }) => [`${iso(receivedAt).slice(0, 13)} ${outcome}`, 1]));
}

function hourly(counters: readonly StoredRow[]): Record<string, number> {
  return tally(
    counters.flatMap((row) => {
      const day = String(99_999_999 - Number(row.rowKey.slice(2, 10)));
      const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
      return Object.entries(row).flatMap(([column, value]): [string, number][] => {
        const [, outcome, hour] = /^(success|error|skipped)(\d\d)$/.exec(column) ?? [];
        return outcome ? [[`${date}T${hour} ${outcome}`, Number(value)]] : [];
      });
    }),
  );
}

function expectedSlots(events: readonly EventRow[], now: number): Record<string, number> {
  const recent = events
    .map(({ receivedAt, outcome }) => ({ slot: Math.floor(receivedAt / 300_000), outcome }))
    .filter(({ slot }) => slot * 300_000 >= now - 3_600_000);
  return tally(recent.map(({ slot, outcome }) => [`${slot} ${outcome}`, 1]));
}

function slots(counters: readonly StoredRow[], now: number): Record<string, number> {
  return tally(
    counters.flatMap((row) => {
      const stored = JSON.parse(String(row["slots"] ?? "{}")) as Record<string, Record<string, number>>;
      return Object.entries(stored)
        .filter(([slot]) => Number(slot) * 300_000 >= now - 3_600_000)
        .flatMap(([slot, counts]) =>
          Object.entries(counts).map(([outcome, count]): [string, number] => [`${slot} ${outcome}`, count]),
        );
    }),
  );
}

/** Sums by name; a sum of zero is left out. Shards may hold negative parts. */
function tally(parts: readonly (readonly [string, number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of parts) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(
    [...sums].filter(([, count]) => count !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function newest(rows: readonly StoredRow[], column: string): string | undefined {
  return maximum(rows.flatMap((row) => (typeof row[column] === "string" ? [row[column]] : [])));
}

function maximum(texts: readonly string[]): string | undefined {
  return texts.toSorted().at(-1);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
