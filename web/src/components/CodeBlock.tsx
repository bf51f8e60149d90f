import { makeStyles, tokens } from "@fluentui/react-components";
import { CopyButton } from "./CopyButton.tsx";

const useStyles = makeStyles({
  root: {
    minWidth: 0,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  head: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
  code: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    maxHeight: "320px",
    overflow: "auto",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: "pre",
  },
});

interface CodeBlockProps {
  /** What it is: a request, or the name of a file. */
  title: string;
  text: string;
  /** What is copied, when it is more than the text. */
  copied?: string;
  /** Completes "Copy …". */
  what: string;
}

/** A longer text for machines, which can be copied. */
export function CodeBlock({ title, text, what, copied = text }: CodeBlockProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <div className={styles.head}>
        <span className={styles.title}>{title}</span>
        <CopyButton text={copied} what={what} />
      </div>
      {text && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <pre className={styles.code} tabIndex={0} aria-label={title}>
          {text}
        </pre>
      )}
    </div>
  );
}
