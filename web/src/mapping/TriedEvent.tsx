import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowRight16Regular } from "@fluentui/react-icons";
import { Code } from "../components/Code.tsx";
import { EventType } from "../components/EventType.tsx";
import { FieldValue } from "../components/FieldValue.tsx";
import { OutcomeBadge } from "../components/OutcomeBadge.tsx";
import { useRelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { eventPath } from "../shell/paths.ts";
import { FieldStateBadge } from "./FieldStateBadge.tsx";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

type Tried = MappingDryRun["events"][number];

const useStyles = makeStyles({
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  minor: { color: tokens.colorNeutralForeground2 },
  body: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalS, minWidth: 0 },
  list: { margin: 0, padding: 0, listStyleType: "none" },
  field: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
    minWidth: 0,
  },
  problem: { color: tokens.colorPaletteRedForeground1, width: "100%" },
});

/** One event of a trial: what became of it when it was received, and what would with this mapping. */
export function TriedEventHead({ event }: { event: Tried }) {
  const styles = useStyles();
  const time = useRelativeTime(event.receivedAt);
  return (
    <span className={styles.head}>
      <EventType type={event.eventType} />
      <Text className={styles.minor}>{time}</Text>
      <OutcomeBadge outcome={event.outcomeThen} />
      <ArrowRight16Regular aria-label="with this mapping" />
      <OutcomeBadge outcome={event.outcomeNow} />
    </span>
  );
}

/** The fields of an event of a trial, each with its state, its value and what is wrong with it. */
export function TriedEventFields({ organizationId, event }: { organizationId: string; event: Tried }) {
  const styles = useStyles();
  const { fields, message, eventId } = event;
  const told = fields.filter(({ status, problem }) => status !== "MISSING" || problem !== null);
  const untouched = [...new Set(fields.filter((field) => !told.includes(field)).map(({ field }) => field))];
  return (
    <div className={styles.body}>
      {message && (
        <Text className={mergeClasses(event.outcomeNow === "error" && styles.problem)}>{message}</Text>
      )}
      {told.length > 0 && (
        <ul className={styles.list} aria-label="Fields of the event">
          {told.map((field, index) => (
            // An event may carry several rows, so that a field is there more than once.
            <li key={`${field.field} ${index}`} className={styles.field}>
              <FieldStateBadge state={field.status} fault={field.problem !== null} />
              <Text>{field.field}</Text>
              <Code>{field.column}</Code>
              {field.problem === null && <FieldValue value={field.value} />}
              {field.problem && <Text className={styles.problem}>{field.problem}</Text>}
            </li>
          ))}
        </ul>
      )}
      {untouched.length > 0 && (
        <Text className={styles.minor}>Not in this change, so left as they are: {untouched.join(", ")}.</Text>
      )}
      <RouterLink to={eventPath(organizationId, eventId)}>Open the event</RouterLink>
    </div>
  );
}
