import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { FieldStateBadge } from "./FieldStateBadge.tsx";
import { TriedEventFields, TriedEventHead } from "./TriedEvent.tsx";
import { counted, fieldStates, stateWords } from "./words.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL, minWidth: 0 },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  minor: { color: tokens.colorNeutralForeground2 },
  legend: {
    display: "grid",
    gridTemplateColumns: "max-content minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    margin: 0,
    "& dd": { margin: 0, color: tokens.colorNeutralForeground2 },
    "@media (max-width: 639.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  field: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { width: "220px", maxWidth: "100%", overflowWrap: "anywhere" },
});

/** What a trial found: over all events, field by field, and event by event. */
export function TryResult({ organizationId, result }: { organizationId: string; result: MappingDryRun }) {
  const styles = useStyles();
  const { events, summary } = result;
  if (events.length === 0)
    return <Text role="status">No event is stored yet, so there is nothing to try the mapping on.</Text>;
  return (
    <div className={styles.root}>
      <Text role="status">{verdict(events)}</Text>
      <div>
        <Subtitle2 as="h3">What the states mean</Subtitle2>
        <dl className={styles.legend}>
          {fieldStates.map((state) => [
            <dt key={state}>
              <FieldStateBadge state={state} />
            </dt>,
            <dd key={`${state} meaning`}>{stateWords[state].meaning}</dd>,
          ])}
        </dl>
        <Text block className={styles.minor}>
          •••••• stands for a value of a column that the mapping in force does not read. Open the event to see
          its payload.
        </Text>
      </div>
      {[...Map.groupBy(summary, ({ table }) => table)].map(([table, fields]) => {
        const seen = fields.some((field) => fieldStates.some((state) => field[state] > 0));
        return (
          <div key={table}>
            <Subtitle2 as="h3">Fields of {table}</Subtitle2>
            {seen ? (
              <ul className={styles.list} aria-label={`States of the fields of ${table}`}>
                {fields.map((field) => (
                  <li key={field.field} className={styles.field}>
                    <Text className={styles.name}>{field.field}</Text>
                    {fieldStates
                      .filter((state) => field[state] > 0)
                      .map((state) => (
                        <FieldStateBadge key={state} state={state} count={field[state]} />
                      ))}
                  </li>
                ))}
              </ul>
            ) : (
              <Text block className={styles.minor}>
                None of these events carries values of this table. Try more events, or change a row in
                Dynamics first.
              </Text>
            )}
          </div>
        );
      })}
      <div>
        <Subtitle2 as="h3">Event by event</Subtitle2>
        <Accordion multiple collapsible>
          {events.map((event) => (
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
      </div>
    </div>
  );
}

/** The result in a sentence. */
function verdict(events: MappingDryRun["events"]): string {
  const count = (outcome: string) => events.filter(({ outcomeNow }) => outcomeNow === outcome).length;
  const worse = events.filter(
    ({ outcomeThen, outcomeNow }) => outcomeNow === "error" && outcomeThen !== "error",
  ).length;
  const better = events.filter(
    ({ outcomeThen, outcomeNow }) => outcomeNow === "success" && outcomeThen === "error",
  ).length;
  const parts = [
    `${counted(events.length, "event")} read: ${count("success")} can be taken, ${count("error")} would fail, ${count("skipped")} would be skipped.`,
    worse > 0 ? `${counted(worse, "event")} would fail that did not fail when received.` : "",
    better > 0 ? `${counted(better, "event")} that failed when received could be taken.` : "",
  ];
  return parts.filter(Boolean).join(" ");
}
