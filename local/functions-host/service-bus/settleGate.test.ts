import { expect, test } from "vitest";
import { createSettleGate } from "./settleGate.ts";
import type { SettleKind } from "./settleGate.ts";

test("one turn settles in one way only, and everything is settled in the end", async () => {
  const turns: (() => void)[] = [];
  const gate = createSettleGate((run) => void turns.push(run));
  const settled: SettleKind[][] = [[]];
  const settle = (kind: SettleKind) =>
    gate(kind, async () => {
      settled.at(-1)!.push(kind);
    });
  const nextTurn = () => {
    settled.push([]);
    turns.shift()!();
  };
  const kinds: SettleKind[] = ["complete", "abandon", "complete", "abandon", "complete"];
  const all = Promise.all(kinds.map(settle));
  nextTurn();
  const late = settle("complete");
  nextTurn();
  await Promise.all([all, late]);
  nextTurn();
  expect(settled).toEqual([["complete", "complete", "complete"], ["abandon", "abandon"], ["complete"], []]);
  expect(turns).toEqual([]);
});

test("a settlement that fails rejects for its caller alone", async () => {
  const gate = createSettleGate();
  const failing = gate("abandon", () => Promise.reject(new Error("lock lost")));
  const other = gate("complete", async () => {});
  await expect(failing).rejects.toThrow("lock lost");
  await expect(other).resolves.toBeUndefined();
});
