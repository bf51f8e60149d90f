import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import {
  CheckmarkCircle20Filled,
  DismissCircle20Filled,
  SubtractCircle20Regular,
} from "@fluentui/react-icons";
import { milliseconds } from "../../time/format.ts";
import type { EventStep } from "../../../../functions/contracts/portal.ts";

const names: Record<EventStep["name"], string> = {
  received: "Received from Dynamics",
  checked: "Checked",
  queued: "Queued",
  matched: "Matched to a record",
  mapped: "Mapped to fields",
  compared: "Compared with what is here",
  written: "Written",
};

const results: Record<EventStep["result"], string> = { done: "Done", failed: "Failed", skipped: "Skipped" };

const useStyles = makeStyles({
  header: {
    width: "86%",
    flexShrink: 0,
    display: "flex",
    alignItems: "baseline",
    columnGap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  name: { flexGrow: 1 },
  minor: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  skipped: { color: tokens.colorNeutralForeground3 },
  detail: { paddingBottom: tokens.spacingVerticalM, paddingInlineStart: "46px", overflowWrap: "anywhere" },
});

/** The steps of the last attempt in the order of the flow; those that did not go through are open. */
export function StepsTab({ steps }: { steps: EventStep[] }) {
  const styles = useStyles();
  const icons = {
    done: <CheckmarkCircle20Filled className={styles.done} />,
    failed: <DismissCircle20Filled className={styles.failed} />,
    skipped: <SubtractCircle20Regular className={styles.skipped} />,
  };
  const open = steps.filter(({ result }) => result !== "done").map(({ name }) => name);
  return (
    <Accordion multiple collapsible defaultOpenItems={open}>
      {steps.map(({ name, result, detail, durationMs }) => (
        <AccordionItem key={name} value={name}>
          <AccordionHeader expandIconPosition="end" icon={icons[result]}>
            <span className={styles.header}>
              <Text weight={result === "failed" ? "semibold" : "regular"} className={styles.name}>
                {names[name]}
              </Text>
              <Text size={200} className={styles.minor}>
                {results[result]}
                {durationMs !== null && ` · ${milliseconds(durationMs)}`}
              </Text>
            </span>
          </AccordionHeader>
          <AccordionPanel>
            <div className={styles.detail}>{detail}</div>
          </AccordionPanel>
        </AccordionItem>
      ))}
    </Accordion>
  );
}
