import { Badge } from "@fluentui/react-components";
import {
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  SubtractCircle16Regular,
} from "@fluentui/react-icons";
import { outcomeLabel } from "./outcomes.ts";
import type { Outcome } from "../../../functions/contracts/common.ts";

const looks = {
  success: { color: "success", icon: <CheckmarkCircle16Filled /> },
  error: { color: "danger", icon: <DismissCircle16Filled /> },
  skipped: { color: "informative", icon: <SubtractCircle16Regular /> },
} as const;

/** What became of an event, by icon, word and colour. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return (
    <Badge appearance="tint" size="large" {...looks[outcome]}>
      {outcomeLabel[outcome]}
    </Badge>
  );
}
