import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { splitLine } from "./payloadLines.ts";

const useStyles = makeStyles({
  root: {
    margin: 0,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  },
  hit: { backgroundColor: tokens.colorPaletteYellowBackground2, color: "inherit" },
  current: { outline: `2px solid ${tokens.colorStrokeFocus2}` },
});

interface PayloadTextProps {
  lines: string[];
  search: string;
  /** Index of the line with the current hit, which is brought into view; null when there is none. */
  current: number | null;
}

/** A payload line by line, with what was searched for marked. */
export function PayloadText({ lines, search, current }: PayloadTextProps) {
  const styles = useStyles();
  const text = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (current !== null) text.current?.children[current]?.scrollIntoView({ block: "center" });
  }, [current]);
  return (
    <pre ref={text} className={styles.root} aria-label="Payload">
      {lines.map((line, index) => (
        <span key={index}>
          {splitLine(line, search).map(({ text, hit }, part) =>
            hit ? (
              <mark key={part} className={mergeClasses(styles.hit, index === current && styles.current)}>
                {text}
              </mark>
            ) : (
              text
            ),
          )}
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
