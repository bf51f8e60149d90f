/** How a message is settled by the host. */
export type SettleKind = "complete" | "abandon";

/**
 * Lets only one kind of settlement happen in one turn of the event loop; the other kind waits for the next.
 * Needed because rhea merges the dispositions of one turn without comparing their outcomes, so that a
 * completion next to an abandonment would settle both the same way. One gate per receiver link.
 */
export function createSettleGate(
  nextTurn: (run: () => void) => void = setImmediate,
): (kind: SettleKind, settle: () => Promise<void>) => Promise<void> {
  let openFor: SettleKind | undefined;
  let waiting: { kind: SettleKind; run: () => void }[] = [];

  function openTurn(kind: SettleKind): void {
    openFor = kind;
    nextTurn(() => {
      openFor = undefined;
      const next = waiting[0];
      if (!next) return;
      openTurn(next.kind);
      const ready = waiting.filter((entry) => entry.kind === next.kind);
      waiting = waiting.filter((entry) => entry.kind !== next.kind);
      for (const entry of ready) entry.run();
    });
  }

  return (kind, settle) => {
    if (openFor === undefined) openTurn(kind);
    if (openFor === kind) return settle();
    return new Promise<void>((resolve, reject) => {
      waiting.push({ kind, run: () => void settle().then(resolve, reject) });
    });
  };
}
