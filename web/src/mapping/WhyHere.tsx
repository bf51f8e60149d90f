import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { OutcomeCode } from "../../../functions/contracts/outcomes.ts";
import type { Reason } from "./useReason.ts";

const useStyles = makeStyles({
  root: { gridColumn: "1 / -1", marginTop: tokens.spacingVerticalS, minWidth: 0 },
});

const hints: Partial<Record<OutcomeCode, string>> = {
  "mapping.valueInvalid":
    "If such values are right, choose a type that takes them. If they are mistakes, leave the mapping as it is and correct them in Dynamics.",
  "mapping.requiredMissing":
    "Fill in the column in Dynamics, or take the tick from “Required”, or give new records a default.",
};

interface WhyHereProps {
  id: string;
  reason: Reason;
  tryNow: () => void;
}

/** What the event that led to a field says of it, what can be done here, and the way to see whether it helps. */
export function WhyHere({ id, reason: { message, code }, tryNow }: WhyHereProps) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.root}>
      <MessageBarBody id={id}>
        <MessageBarTitle>Why you are here</MessageBarTitle>
        {message ?? "An event failed by this field."} {code && hints[code]}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={tryNow}>
          Try this change
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
