import { Badge } from "@fluentui/react-components";
import {
  AddCircle16Filled,
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  SubtractCircle16Regular,
} from "@fluentui/react-icons";
import { stateWords } from "./words.ts";
import type { FieldState } from "./words.ts";

const looks = {
  PRESENT: { color: "success", icon: <CheckmarkCircle16Filled /> },
  MISSING: { color: "informative", icon: <SubtractCircle16Regular /> },
  DEFAULT_USED: { color: "brand", icon: <AddCircle16Filled /> },
  INVALID: { color: "danger", icon: <DismissCircle16Filled /> },
} as const;

/** What became of a field, by icon, word and colour; with `count`, how often. With `fault` a required value is missing. */
export function FieldStateBadge({
  state,
  count,
  fault,
}: {
  state: FieldState;
  count?: number;
  fault?: boolean;
}) {
  const { color, icon } = looks[state];
  return (
    <Badge appearance="tint" color={fault ? "danger" : color} icon={icon}>
      {fault && state === "MISSING" ? "Missing" : stateWords[state].label}
      {count === undefined ? "" : ` ${count.toLocaleString("en")}`}
    </Badge>
  );
}
