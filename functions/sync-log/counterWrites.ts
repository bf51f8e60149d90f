import { addTo, countedColumns, hourColumn } from "./counters.ts";
import type { Deltas } from "./counters.ts";
import type { CounterRow, CounterRows, CounterWrite } from "./counterRows.ts";
import { dayKey, latestKey } from "./keys.ts";
import { latestColumns } from "./latest.ts";
import type { Move, Success } from "./latest.ts";

/** What the counter rows of one shard are to become for these moves. Reads the rows that this process does not know yet. */
export async function counterWrites(
  rows: CounterRows,
  moves: readonly Move[],
  successes: readonly Success[],
  now: number,
): Promise<CounterWrite[]> {
  const shard = rows.shard();
  const latest = latestKey(shard);
  const days = dayDeltas(moves, shard);
  const seen = await rows.load([...days.keys(), latest]);
  const write = (rowKey: string, columnsOf: (base: CounterRow) => CounterWrite["columns"]) => {
    const base = seen.get(rowKey) as CounterRow;
    return { rowKey, base, columns: columnsOf(base) };
  };
  return [
    ...[...days].map(([key, deltas]) => write(key, ({ columns }) => countedColumns(columns, deltas))),
    write(latest, ({ columns }) => latestColumns(columns, moves, successes, now)),
  ].filter(({ columns }) => Object.keys(columns).length > 0);
}

/** −1 where an event was, +1 where it is now, in the hour in which it was received. */
function dayDeltas(moves: readonly Move[], shard: number): Map<string, Deltas> {
  const days = new Map<string, Deltas>();
  for (const { receivedAt, from, to } of moves) {
    const key = dayKey("s", receivedAt, shard);
    const deltas = days.get(key) ?? new Map<string, number>();
    days.set(key, deltas);
    if (from !== null) addTo(deltas, hourColumn(from, receivedAt), -1);
    addTo(deltas, hourColumn(to, receivedAt), 1);
  }
  return days;
}
