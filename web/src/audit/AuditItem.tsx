import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { RelativeTime } from "../components/RelativeTime.tsx";
import { readable } from "../time/readable.ts";
import { auditWords, fieldWords } from "./auditWords.ts";
import type { AuditEntry } from "../../../functions/contracts/audit.ts";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 240px) minmax(0, 1fr)",
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 639.98px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  who: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  minor: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  what: { minWidth: 0, overflowWrap: "anywhere" },
  changes: {
    width: "100%",
    marginTop: tokens.spacingVerticalXS,
    borderCollapse: "collapse",
    tableLayout: "fixed",
  },
  cell: {
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXXS} 0`,
    verticalAlign: "top",
    textAlign: "start",
    overflowWrap: "anywhere",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
  head: { color: tokens.colorNeutralForeground2 },
  old: { textDecorationLine: "line-through", color: tokens.colorNeutralForeground2 },
});

/** One entry of the audit log: who, when, what, and each field with its old and new value. */
export function AuditItem({ entry }: { entry: AuditEntry }) {
  const styles = useStyles();
  const { at, actor, action, target, changes } = entry;
  return (
    <li className={styles.root}>
      <div className={styles.who}>
        <Text weight="semibold">{actor.name}</Text>
        {actor.signInName && <span className={styles.minor}>{actor.signInName}</span>}
        <span className={styles.minor}>
          <RelativeTime at={at} />
        </span>
      </div>
      <div className={styles.what}>
        <Text>
          {auditWords[action]}
          {target && (
            <>
              : <strong>{action.startsWith("alert.") ? fieldWords(target) : target}</strong>
            </>
          )}
        </Text>
        {changes.length > 0 && (
          <table className={styles.changes}>
            <thead>
              <tr className={styles.head}>
                <th className={styles.cell}>Field</th>
                <th className={styles.cell}>Old</th>
                <th className={styles.cell}>New</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.field}>
                  <th scope="row" className={styles.cell}>
                    {fieldWords(change.field)}
                  </th>
                  <td className={styles.cell}>
                    {change.old === null ? "–" : <span className={styles.old}>{readable(change.old)}</span>}
                  </td>
                  <td className={styles.cell}>{change.new === null ? "–" : readable(change.new)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </li>
  );
}
