import { Text, makeStyles } from "@fluentui/react-components";
import { Code } from "./Code.tsx";
import { eventTypeTitle } from "./eventTypeTitle.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
});

/** An event type in plain words, and beneath it as Dynamics names it. */
export function EventType({ type }: { type: string }) {
  const title = eventTypeTitle(type);
  return (
    <span className={useStyles().root}>
      <Text>{title}</Text>
      {title !== type && <Code>{type}</Code>}
    </span>
  );
}
