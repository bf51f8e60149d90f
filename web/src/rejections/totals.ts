import type { RejectionHistory, RejectionReason } from "../../../functions/contracts/rejections.ts";

/** How often each reason occurred over the whole span, the most frequent first. */
export function totalsOf({ slots }: RejectionHistory): { reason: RejectionReason; count: number }[] {
  const totals = new Map<RejectionReason, number>();
  for (const { counts } of slots)
    for (const { reason, count } of counts) totals.set(reason, (totals.get(reason) ?? 0) + count);
  return [...totals]
    .map(([reason, count]) => ({ reason, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** How often a reason occurred in one slot. */
export function countIn(slot: RejectionHistory["slots"][number], reason: RejectionReason): number {
  return slot.counts.find((entry) => entry.reason === reason)?.count ?? 0;
}
