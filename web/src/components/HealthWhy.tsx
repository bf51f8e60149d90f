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
import { localTime } from "../time/format.ts";
import { HealthBadge } from "./HealthBadge.tsx";
import { healthLabel } from "./healthLabel.ts";
import type { Health } from "../../../functions/contracts/health.ts";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  surface: {
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalM,
    width: "360px",
    maxWidth: "calc(100vw - 32px)",
    boxSizing: "border-box",
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

/** The verdict with a button that says which rule made it, from which values, and what would turn it green. */
export function HealthWhy({ health, of }: { health: Health; of?: string }) {
  const styles = useStyles();
  const label = healthLabel[health.state];
  return (
    <span className={styles.root}>
      <HealthBadge state={health.state} />
      <Popover withArrow trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <Link as="button" aria-label={`Why? ${of ? `${of} is` : "Health is"} ${label.toLowerCase()}`}>
            Why?
          </Link>
        </PopoverTrigger>
        <PopoverSurface className={styles.surface} aria-label={`Why ${label.toLowerCase()}`}>
          <Subtitle2 as="h2">{label}</Subtitle2>
          <Text>{health.rule}</Text>
          {health.inputs.length > 0 && (
            <table className={styles.inputs}>
              <tbody>
                {health.inputs.map(({ name, value }) => (
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
          {health.remedy && (
            <div className={styles.remedy}>
              <Text weight="semibold" block>
                What turns it green
              </Text>
              <Text>{health.remedy}</Text>
            </div>
          )}
        </PopoverSurface>
      </Popover>
    </span>
  );
}

/** Instants come as ISO 8601 in UTC; a person reads them in local time. */
function readable(value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? localTime(Date.parse(value)) : value;
}
