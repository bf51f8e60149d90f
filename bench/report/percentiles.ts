/** The figures of a set of times, in the unit of the times. `count` 0 makes the others NaN. */
export interface Spread {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed; NaN when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
}

/** The middle value by {@link percentile}. */
export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Median, 99th percentile and maximum of values in any order. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: percentile(sorted, 1),
  };
}

/** Of several rounds the median of each figure; the samples are counted together, and the maximum is that of all. */
export function middleOf(rounds: readonly Spread[]): Spread {
  return {
    count: rounds.reduce((sum, { count }) => sum + count, 0),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    max: Math.max(...rounds.map(({ max }) => max)),
  };
}
