import { alertRule } from "../contracts/alerts.ts";
import type { AlertRule } from "../contracts/alerts.ts";
import { ruleIn } from "./book.ts";
import type { Book } from "./book.ts";
import { unknownPatienceMs } from "./ruleState.ts";

/** An alert as an organization's line of the platform screen keeps it. Times are milliseconds since 1970 UTC. */
export interface LineAlert {
  rule: AlertRule;
  state: "firing" | "unknown";
  since: number | null;
  acknowledged: boolean;
  /** Null for never muted; it may be past. */
  mutedUntil: number | null;
}

/** The rules of an organization that fire, or whose figures have been missing for so long that it is news. */
export function lineAlerts(book: Book, now: number): LineAlert[] {
  return alertRule.options.flatMap((rule): LineAlert[] => {
    const { verdict, since, unknownSince, acknowledged, mutedUntil } = ruleIn(book, rule);
    const marks = { acknowledged: acknowledged !== null, mutedUntil };
    if (unknownSince !== null && now - unknownSince >= unknownPatienceMs)
      return [{ rule, state: "unknown", since: unknownSince, ...marks }];
    return verdict === "firing" ? [{ rule, state: "firing", since, ...marks }] : [];
  });
}
