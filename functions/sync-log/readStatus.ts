import type { OutcomeCounts } from "../contracts/common.ts";
import type { Period } from "../contracts/portal.ts";
import type { RejectionReason } from "../contracts/rejections.ts";
import { hourMs, toInstant } from "../platform/clock.ts";
import { readRange } from "../platform/storage/readRange.ts";
import type { StoredRow, Table } from "../platform/storage/table.ts";
import { countIn, hourColumn, noCounts, outcomes } from "./counters.ts";
import { counterPrefix, dayPrefix, endOf, latestPrefix } from "./keys.ts";
import { readSlots, slotMs, slotStart } from "./latest.ts";
import type { Latest } from "./latest.ts";
import { rejectionPartition } from "./rejection.ts";
import { rejectionCounts } from "./rejectionCounts.ts";
import { rejectionsFrom } from "./rejectionSlots.ts";
import { text } from "./storedEvent.ts";

/** Hours of each period. */
const periodHours: Record<Period, number> = { "1h": 1, "24h": 24, "7d": 7 * 24, "30d": 30 * 24 };

/** The figures of the status panel, from the counters alone. Times are ISO 8601. */
export interface StatusCounters extends Latest {
  /**
   * Events by outcome, by the time they were received, from `from` (inclusive) until now. The counts are exact
   * for that `from`, and the event log with the same `from` lists the same events. "1h" begins at the last
   * five-minute mark that is at least 60 minutes ago; the others at a full hour (UTC), such that the current
   * hour is the last of their 24, 168 or 720 hours.
   */
  periods: (OutcomeCounts & { period: Period; from: string })[];
  /** The hours of the period "24h", oldest first, by their start. */
  hourly: (OutcomeCounts & { hour: string })[];
  /** Rejections of those 24 hours, most frequent first; a reason without any is left out. */
  rejections: { reason: RejectionReason; count: number }[];
  /** Rejections from the beginning of the period "1h" until now. */
  rejectionsLastHour: number;
  asOf: string;
}

/**
 * Reads all figures of one organization in one request: the counter rows of 31 days lie next to each other, newest
 * first, and the rows of latest times before them. `null` reads the rejections that belong to no organization.
 */
export async function readStatus(
  table: Table,
  organizationId: string | null,
  now: number,
): Promise<StatusCounters> {
  const hour = Math.floor(now / hourMs) * hourMs;
  const oldest = hour - (periodHours["30d"] - 1) * hourMs;
  const partitionKey = rejectionPartition(organizationId);
  const range = { partitionKey, from: counterPrefix, to: endOf(dayPrefix(oldest)) };
  const rows = await readRange(table, range);
  const byPrefix = Map.groupBy(rows, (row) => row.rowKey.slice(0, latestPrefix.length));
  const rowsOf = (ms: number) => byPrefix.get(dayPrefix(ms)) ?? [];
  const latest = byPrefix.get(latestPrefix) ?? [];

  const hours = Array.from({ length: periodHours["30d"] }, (_, index) => oldest + index * hourMs);
  const counts = hours.map((start) => ({ start, ...hourCounts(rowsOf(start), start) }));
  const periods = (["24h", "7d", "30d"] as const).map((period) => {
    const from = hour - (periodHours[period] - 1) * hourMs;
    return { period, from: toInstant(from), ...sum(counts.filter(({ start }) => start >= from)) };
  });
  const day = counts.slice(-24);
  const ofHour = lastHour(latest, now);
  const fromHour = Date.parse(ofHour.from);
  const daysOfHour = [...new Set([dayPrefix(fromHour), dayPrefix(now)])];
  return {
    periods: [ofHour, ...periods],
    hourly: day.map(({ start, ...hourly }) => ({ hour: toInstant(start), ...hourly })),
    ...newest(latest),
    rejections: rejectionCounts(
      day.map(({ start }) => start),
      rowsOf,
    ).toSorted((a, b) => b.count - a.count),
    rejectionsLastHour: rejectionsFrom(
      daysOfHour.flatMap((day) => byPrefix.get(day) ?? []),
      fromHour,
    ),
    asOf: toInstant(now),
  };
}

function hourCounts(rows: readonly StoredRow[], hour: number): OutcomeCounts {
  const counts = noCounts();
  for (const outcome of outcomes) {
    const column = hourColumn(outcome, hour);
    for (const row of rows) counts[outcome] += countIn(row, column);
  }
  return counts;
}

function lastHour(latest: readonly StoredRow[], now: number): StatusCounters["periods"][number] {
  const from = slotStart(now - periodHours["1h"] * hourMs);
  const slots = latest.flatMap((row) => Object.entries(readSlots(row["slots"])));
  const inside = slots.filter(([slot]) => Number(slot) * slotMs >= from).map(([, counts]) => counts);
  return { period: "1h", from: toInstant(from), ...sum(inside) };
}

function sum(all: readonly OutcomeCounts[]): OutcomeCounts {
  const counts = noCounts();
  for (const one of all) for (const outcome of outcomes) counts[outcome] += one[outcome];
  return counts;
}

function newest(rows: readonly StoredRow[]): Latest {
  const latest: Latest = { lastEventAt: null, lastSuccessAt: null, lastSuccessEventId: null };
  for (const row of rows) {
    const event = text(row, "lastEventAt");
    if (event !== null && event > (latest.lastEventAt ?? "")) latest.lastEventAt = event;
    const success = text(row, "lastSuccessAt");
    if (success !== null && success > (latest.lastSuccessAt ?? "")) {
      latest.lastSuccessAt = success;
      latest.lastSuccessEventId = text(row, "lastSuccessEventId");
    }
  }
  return latest;
}
