import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState } from "react";
import { counted } from "../components/counted.ts";
import { FieldStates } from "./FieldStates.tsx";
import { StateLegend } from "./StateLegend.tsx";
import { TriedEventFields, TriedEventHead } from "./TriedEvent.tsx";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    rowGap: tokens.spacingVerticalS,
    minWidth: 0,
  },
  wide: { width: "100%", minWidth: 0 },
});

interface TryResultProps {
  organizationId: string;
  result: MappingDryRun;
  /** The event that is open from the start. */
  opened: string | undefined;
}

/** What a trial found: the events that the draft reads otherwise, and on demand the rest and the fields over all. */
export function TryResult({ organizationId, result, opened }: TryResultProps) {
  const styles = useStyles();
  const [all, setAll] = useState(false);
  const { events, summary } = result;
  const changed = events.filter((event) => event.changed);
  const shown = all ? events : changed;
  return (
    <div className={styles.root}>
      <Subtitle2 as="h3">{all ? "All events" : "What changes"}</Subtitle2>
      {shown.length === 0 && <Text>No event is read otherwise than by the mapping in force.</Text>}
      <Accordion multiple collapsible className={styles.wide} defaultOpenItems={opened ? [opened] : []}>
        {shown.map((event) => (
          <AccordionItem key={event.eventId} value={event.eventId}>
            <AccordionHeader as="h4">
              <TriedEventHead event={event} />
            </AccordionHeader>
            <AccordionPanel>
              <TriedEventFields organizationId={organizationId} event={event} />
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
      {changed.length < events.length && (
        <Button size="small" onClick={() => setAll(!all)}>
          {all ? "Show only what changes" : `Show all ${counted(events.length, "event")}`}
        </Button>
      )}
      <Accordion multiple collapsible className={styles.wide}>
        <AccordionItem value="fields">
          <AccordionHeader as="h3">Field by field</AccordionHeader>
          <AccordionPanel>
            <FieldStates summary={summary} />
          </AccordionPanel>
        </AccordionItem>
        <AccordionItem value="states">
          <AccordionHeader as="h3">What the states mean</AccordionHeader>
          <AccordionPanel>
            <StateLegend />
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </div>
  );
}
