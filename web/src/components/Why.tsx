import {
  Link,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Subtitle2,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { readable } from "../time/readable.ts";

const useStyles = makeStyles({
  surface: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalM,
    width: "360px",
    maxWidth: "calc(100vw - 32px)",
    boxSizing: "border-box",
    outlineStyle: "none",
  },
  inputs: { width: "100%", borderCollapse: "collapse", fontSize: tokens.fontSizeBase200 },
  name: {
    textAlign: "start",
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  value: {
    textAlign: "end",
    overflowWrap: "anywhere",
    fontVariantNumeric: "tabular-nums",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  remedy: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

/** What stands behind a badge or a number. */
export interface Reason {
  title: string;
  /** How the badge or number comes about, with its threshold, in one sentence. */
  rule: string;
  /** What the rule looked at; an instant is ISO 8601 in UTC and is shown in local time. */
  inputs: { name: string; value: string }[];
  /** What would turn it green; null when it is. */
  remedy: string | null;
}

/** A button "Why?" that says which rule made a badge or number, from which values, and what would turn it green. */
export function Why({ reason, label }: { reason: Reason; label: string }) {
  const styles = useStyles();
  const { title, rule, inputs, remedy } = reason;
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Link as="button" aria-label={`Why? ${label}`}>
          Why?
        </Link>
      </PopoverTrigger>
      {/* Nothing in it takes the focus, so it does so itself: it is read out, and Escape closes it. */}
      <PopoverSurface className={styles.surface} aria-label={title} tabIndex={-1}>
        <Subtitle2 as="h2">{title}</Subtitle2>
        <Text>{rule}</Text>
        {inputs.length > 0 && (
          <table className={styles.inputs}>
            <tbody>
              {inputs.map(({ name, value }) => (
                <tr key={name}>
                  <th scope="row" className={styles.name}>
                    {name}
                  </th>
                  <td className={styles.value}>{readable(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {remedy && (
          <div className={styles.remedy}>
            <Text weight="semibold" block>
              What turns it green
            </Text>
            <Text>{remedy}</Text>
          </div>
        )}
      </PopoverSurface>
    </Popover>
  );
}
