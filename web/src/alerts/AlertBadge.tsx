import { Badge } from "@fluentui/react-components";
import {
  Alert16Filled,
  CheckmarkCircle16Filled,
  QuestionCircle16Filled,
  SubtractCircle16Regular,
} from "@fluentui/react-icons";
import type { AlertStateName } from "../../../functions/contracts/alerts.ts";

const looks = {
  quiet: { color: "success", icon: <CheckmarkCircle16Filled />, label: "Quiet" },
  firing: { color: "danger", icon: <Alert16Filled />, label: "Firing" },
  unknown: { color: "warning", icon: <QuestionCircle16Filled />, label: "Unknown" },
  off: { color: "informative", icon: <SubtractCircle16Regular />, label: "Off" },
} as const;

/** The state of a rule, by icon, word and colour. */
export function AlertBadge({ state }: { state: AlertStateName }) {
  const { label, ...look } = looks[state];
  return (
    <Badge appearance="tint" size="large" {...look}>
      {label}
    </Badge>
  );
}
