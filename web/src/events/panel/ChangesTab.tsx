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
  empty: { color: tokens.colorNeutralForeground3, fontStyle: "italic" },
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
                    <Value value={change.old} />
                  </TableCell>
                  <TableCell>
                    <Value value={change.new} />
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

function Value({ value }: { value: unknown }) {
  const styles = useStyles();
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return <span className={styles.empty}>empty</span>;
  return <span>{inWords(value)}</span>;
}

function inWords(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value);
}
