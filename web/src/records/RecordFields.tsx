import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { FieldValue } from "../components/FieldValue.tsx";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { RouterLink } from "../components/RouterLink.tsx";
import { eventPath } from "../shell/paths.ts";
import type { RecordState } from "../../../functions/contracts/records.ts";

const useStyles = makeStyles({
  table: { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  head: {
    textAlign: "start",
    fontWeight: tokens.fontWeightSemibold,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} 0`,
  },
  cell: {
    textAlign: "start",
    verticalAlign: "top",
    fontWeight: tokens.fontWeightRegular,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  fieldColumn: { width: "30%" },
  fromColumn: { width: "36%" },
  from: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalM },
});

/** The fields of a record as they are now, each with the event that its value came from. */
export function RecordFields({ organizationId, record }: { organizationId: string; record: RecordState }) {
  const styles = useStyles();
  if (record.fields.length === 0) return <Text>The record holds no values.</Text>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={mergeClasses(styles.head, styles.fieldColumn)}>
            Field
          </th>
          <th scope="col" className={styles.head}>
            Value
          </th>
          <th scope="col" className={mergeClasses(styles.head, styles.fromColumn)}>
            From
          </th>
        </tr>
      </thead>
      <tbody>
        {record.fields.map(({ field, value, eventId, modifiedAt }) => (
          <tr key={field}>
            <th scope="row" className={styles.cell}>
              {field}
            </th>
            <td className={styles.cell}>
              <FieldValue value={value} />
            </td>
            <td className={styles.cell}>
              <span className={styles.from}>
                {modifiedAt && <RelativeTime at={modifiedAt} />}
                {eventId && (
                  <RouterLink to={eventPath(organizationId, eventId)} label={`Its event, which set ${field}`}>
                    Its event
                  </RouterLink>
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
