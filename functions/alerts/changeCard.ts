import type { AlertRule } from "../contracts/alerts.ts";
import type { CardText } from "./card.ts";
import type { Finding, Watched } from "./figures.ts";
import { ruleTitles } from "./rules.ts";
import type { ToldState } from "./ruleState.ts";

/** A change of one rule's state that the channel is to be told of. */
export interface Change {
  organization: Pick<Watched, "id" | "name">;
  rule: AlertRule;
  /** What the channel was last told, and what it is told now. */
  from: ToldState;
  to: ToldState;
  finding: Finding;
}

/** The text of a change: what happened, why, what to do, and the view that shows it. */
export function changeCard({ organization, rule, from, to, finding }: Change, portalUrl: string): CardText {
  const { id, name } = organization;
  const reason = to === "quiet" ? `No more alert. ${finding.reason}` : finding.reason;
  return {
    title: `${name}: ${headline(rule, from, to, finding)}`,
    text: finding.remedy === null ? reason : `${reason} ${finding.remedy}`,
    facts: [
      { title: "Organization", value: name },
      { title: "Rule", value: ruleTitles[rule] },
      ...finding.inputs.map((input) => ({ title: input.name, value: input.value })),
    ],
    link: { title: "Open in Portal Sync", url: `${portalUrl}/organizations/${id}${finding.path}` },
  };
}

function headline(rule: AlertRule, from: ToldState, to: ToldState, finding: Finding): string {
  const what = ruleTitles[rule].toLowerCase();
  if (to === "unknown") return `${what} cannot be checked`;
  return from === "unknown" && to === "quiet"
    ? `${what} can be checked again, and all is well`
    : finding.headline;
}
