import { makeStyles, tokens } from "@fluentui/react-components";
import { CopyButton } from "./CopyButton.tsx";

const useStyles = makeStyles({
  root: {
    display: "inline-flex",
    alignItems: "center",
    maxWidth: "100%",
    columnGap: tokens.spacingHorizontalXXS,
  },
  text: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
    minWidth: 0,
  },
});

/** A text that machines made, such as an id or an address, with a button that copies it. */
export function CopyableText({ text, what }: { text: string; what: string }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      <span className={styles.text}>{text}</span>
      <CopyButton text={text} what={what} />
    </span>
  );
}
