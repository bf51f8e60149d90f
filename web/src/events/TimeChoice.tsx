import {
  Button,
  Divider,
  Field,
  Input,
  MenuItemRadio,
  MenuList,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { fromInputValue, toInputValue } from "../time/inputValue.ts";
import { periods } from "../time/periods.ts";
import type { TimeFilter } from "./eventFilter.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
});

/** Chooses a rolling period, or a range of one's own in local time. Arrow keys move; nothing is chosen before Enter. */
export function TimeChoice({ time, choose }: { time: TimeFilter; choose: (time: TimeFilter) => void }) {
  const styles = useStyles();
  const range = time && "from" in time ? time : null;
  const [from, setFrom] = useState(toInputValue(range?.from ?? null));
  const [to, setTo] = useState(toInputValue(range?.to ?? null));
  const custom = { from: fromInputValue(from), to: fromInputValue(to) };
  const empty = custom.from === null && custom.to === null;
  const backwards = custom.from !== null && custom.to !== null && custom.from >= custom.to;
  return (
    <form
      className={styles.root}
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty && !backwards) choose(custom);
      }}
    >
      <MenuList
        aria-label="Time"
        checkedValues={{ time: [time === null ? "any" : "period" in time ? time.period : ""] }}
        onCheckedValueChange={(_, { checkedItems }) => {
          const period = periods.find((one) => one.period === checkedItems[0])?.period;
          choose(period ? { period } : null);
        }}
      >
        <MenuItemRadio name="time" value="any">
          Any
        </MenuItemRadio>
        {periods.map(({ period, label }) => (
          <MenuItemRadio key={period} name="time" value={period}>
            {label}
          </MenuItemRadio>
        ))}
      </MenuList>
      <Divider>or a range of your own</Divider>
      <Field label="From">
        <Input type="datetime-local" value={from} onChange={(_, { value }) => setFrom(value)} />
      </Field>
      <Field label="To" {...(backwards ? { validationMessage: "The end must be after the beginning." } : {})}>
        <Input type="datetime-local" value={to} onChange={(_, { value }) => setTo(value)} />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={empty || backwards}>
        Apply range
      </Button>
    </form>
  );
}
