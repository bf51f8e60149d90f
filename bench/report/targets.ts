import { textTable } from "./table.ts";

/** A figure that has to keep a bound. */
export interface Target {
  what: string;
  value: number;
  /** `atLeast` and `atMost` include the bound, `below` does not. */
  bound: "atLeast" | "atMost" | "below";
  limit: number;
}

/** Whether the figure keeps its bound. One that could not be measured does not. */
export function isMet({ value, bound, limit }: Target): boolean {
  if (bound === "atLeast") return value >= limit;
  return bound === "atMost" ? value <= limit : value < limit;
}

const signs = { atLeast: "≥", atMost: "≤", below: "<" } as const;

/** The targets as a table, each with PASS or MISS. */
export function targetTable(targets: readonly Target[]): string {
  return textTable(
    targets.map((target) => [
      target.what,
      target.value,
      `${signs[target.bound]} ${target.limit.toLocaleString("en-US")}`,
      isMet(target) ? "PASS" : "MISS",
    ]),
  );
}
