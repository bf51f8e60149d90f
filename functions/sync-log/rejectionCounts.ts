import type { RejectionReason } from "../contracts/rejections.ts";
import type { StoredRow } from "../platform/storage/table.ts";
import { countIn, hourColumn } from "./counters.ts";
import { rejectionReasons } from "./rejection.ts";

/** Rejections of these hours by reason; a reason without any is left out. `rowsOf` gives the counter rows of an hour's day. */
export function rejectionCounts(
  hours: readonly number[],
  rowsOf: (hour: number) => readonly StoredRow[],
): { reason: RejectionReason; count: number }[] {
  const countOf = (reason: RejectionReason) =>
    hours
      .flatMap((hour) => rowsOf(hour).map((row) => countIn(row, hourColumn(reason, hour))))
      .reduce((sum, count) => sum + count, 0);
  return rejectionReasons
    .map((reason) => ({ reason, count: countOf(reason) }))
    .filter(({ count }) => count > 0);
}
