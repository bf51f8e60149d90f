import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  MessageBar,
  MessageBarBody,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Code } from "../components/Code.tsx";
import { EventType } from "../components/EventType.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { counted } from "../components/counted.ts";
import { ChangesTab } from "../events/panel/ChangesTab.tsx";
import { eventPath } from "../shell/paths.ts";
import { BeforeAfter } from "./BeforeAfter.tsx";
import { estimatedCount, sampleResults } from "./replayWords.ts";
import type { ReplayEstimate, ReplayPreview } from "../../../functions/contracts/replays.ts";

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  header: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalXS} 0`,
  },
  panel: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS, minWidth: 0 },
  minor: { color: tokens.colorNeutralForeground2 },
});

/** What a replay would do: how many events it is for, and for a sample of them the result field by field. */
export function EstimateView({
  estimate,
  organizationId,
}: {
  estimate: ReplayEstimate;
  organizationId: string;
}) {
  const styles = useStyles();
  const { events, sample } = estimate;
  if (events === 0)
    return <Text>No event matches, so there is nothing to replay. Change the filters or the selection.</Text>;
  return (
    <>
      <Text>
        <Text weight="semibold">{estimatedCount(estimate)}</Text> would be replayed, in the order in which the
        records changed. A record never becomes older by it, and no alert is sent. Nothing has been changed
        yet.
      </Text>
      {sample.length > 0 && (
        <>
          <Text weight="semibold">
            {sample.length < events
              ? `Of a sample of ${counted(sample.length, "event")}`
              : "The result would be"}
          </Text>
          <ul className={styles.list}>
            {sampleResults(sample).map(({ key, title, count }) => (
              <li key={key}>
                {title}: {count.toLocaleString("en")}
              </li>
            ))}
          </ul>
          {sample.every(({ after }) => after === "error") && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                {sample.length === 1 ? "The event" : "Every event of the sample"} would fail again. First do
                what “Why and what to do” advises for it.
              </MessageBarBody>
            </MessageBar>
          )}
          <Accordion multiple collapsible {...(sample.length === 1 ? { defaultOpenItems: ["0"] } : {})}>
            {sample.map((preview, index) => (
              <Preview
                key={preview.eventId}
                preview={preview}
                value={String(index)}
                organizationId={organizationId}
              />
            ))}
          </Accordion>
        </>
      )}
    </>
  );
}

interface PreviewProps {
  preview: ReplayPreview;
  value: string;
  organizationId: string;
}

function Preview({ preview, value, organizationId }: PreviewProps) {
  const styles = useStyles();
  const { eventId, eventType, receivedAt, before, after, code, message, changes } = preview;
  return (
    <AccordionItem value={value}>
      <AccordionHeader>
        <span className={styles.header}>
          <EventType type={eventType} />
          <BeforeAfter before={before} after={after} />
        </span>
      </AccordionHeader>
      <AccordionPanel>
        <div className={styles.panel}>
          <span className={styles.minor}>
            Received <RelativeTime at={receivedAt} />.{" "}
            <RouterLink to={eventPath(organizationId, eventId)}>Open the event</RouterLink>
          </span>
          {message && <Text>{message}</Text>}
          {code && <Code>{code}</Code>}
          {changes.length > 0 ? <ChangesTab changes={changes} /> : <Text>No field would change.</Text>}
        </div>
      </AccordionPanel>
    </AccordionItem>
  );
}
