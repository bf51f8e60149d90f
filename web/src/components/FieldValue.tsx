import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  empty: { color: tokens.colorNeutralForeground3, fontStyle: "italic" },
  text: { overflowWrap: "anywhere" },
});

/** The value of a record's field, as a person reads it. */
export function FieldValue({ value }: { value: unknown }) {
  const styles = useStyles();
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return <span className={styles.empty}>empty</span>;
  return <span className={styles.text}>{inWords(value)}</span>;
}

function inWords(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ");
  return JSON.stringify(value);
}
