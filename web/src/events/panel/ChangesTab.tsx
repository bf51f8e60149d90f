import {
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { Code } from "../../components/Code.tsx";
import { FieldValue } from "../../components/FieldValue.tsx";
import type { FieldChange } from "../../../../functions/contracts/portal.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalL },
  nothing: { paddingTop: tokens.spacingVerticalM },
  row: {
    "& td": {
      height: "auto",
      paddingBlock: tokens.spacingVerticalS,
      verticalAlign: "top",
      overflowWrap: "anywhere",
    },
  },
  heading: { fontWeight: tokens.fontWeightSemibold },
  old: { color: tokens.colorNeutralForeground2 },
});

/** What the event changed, field by field, old beside new. */
export function ChangesTab({ changes }: { changes: FieldChange[] }) {
  const styles = useStyles();
  if (changes.length === 0) return <Text className={styles.nothing}>This event changed no field.</Text>;
  const records = [...Map.groupBy(changes, ({ recordId }) => recordId)];
  return (
    <div className={styles.root}>
      {records.map(([recordId, fields]) => (
        <div key={recordId}>
          {records.length > 1 && <Code>{recordId}</Code>}
          <Table size="small" aria-label={`Changed fields of ${recordId}`}>
            <TableHeader>
              <TableRow>
                {["Field", "Old", "New"].map((name) => (
                  <TableHeaderCell key={name} className={styles.heading}>
                    {name}
                  </TableHeaderCell>
                ))}
              </TableRow>
            </TableHeader>
            <TableBody>
              {fields.map((change) => (
                <TableRow key={change.field} className={styles.row}>
                  <TableCell>{change.field}</TableCell>
                  <TableCell className={styles.old}>
                    <FieldValue value={change.old} />
                  </TableCell>
                  <TableCell>
                    <FieldValue value={change.new} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      ))}
    </div>
  );
}
