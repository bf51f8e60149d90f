import { Subtitle2, Text, makeStyles, tokens } from "@fluentui/react-components";
import { FieldStateBadge } from "./FieldStateBadge.tsx";
import { fieldStates } from "./words.ts";
import type { MappingDryRun } from "../../../functions/contracts/mapping.ts";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none" },
  minor: { color: tokens.colorNeutralForeground2 },
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

/** How often each field was found in which state, over all events of a trial. */
export function FieldStates({ summary }: { summary: MappingDryRun["summary"] }) {
  const styles = useStyles();
  const seen = (field: (typeof summary)[number]): boolean => fieldStates.some((state) => field[state] > 0);
  const unseen = [...Map.groupBy(summary, ({ table }) => table)].filter(([, fields]) => !fields.some(seen));
  return (
    <>
      {[...Map.groupBy(summary.filter(seen), ({ table }) => table)].map(([table, fields]) => (
        <div key={table}>
          <Subtitle2 as="h4">Fields of {table}</Subtitle2>
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
        </div>
      ))}
      {unseen.length > 0 && (
        <Text block className={styles.minor}>
          None of these events carries values of {unseen.map(([table]) => table).join(", ")}. Try more events,
          or change a row in Dynamics first.
        </Text>
      )}
    </>
  );
}
