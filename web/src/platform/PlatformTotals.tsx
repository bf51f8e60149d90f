import { Title3, makeStyles, tokens, typographyStyles } from "@fluentui/react-components";
import { PeriodCounts } from "../portal/PeriodCounts.tsx";
import { rejectionAdvice } from "../../../functions/contracts/rejections.ts";
import { Section } from "../components/Section.tsx";
import { countFilter } from "../events/eventFilter.ts";
import { useFilter } from "../events/useFilter.ts";
import type { PlatformStatus } from "../../../functions/contracts/platform.ts";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gap: tokens.spacingHorizontalXXL,
    gridTemplateColumns: "auto minmax(0, 640px)",
    "@media (max-width: 899.98px)": {
      gridTemplateColumns: "minmax(0, 1fr)",
      rowGap: tokens.spacingVerticalL,
    },
  },
  facts: {
    margin: 0,
    display: "flex",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalXXXL,
    rowGap: tokens.spacingVerticalM,
    alignContent: "flex-start",
  },
  label: { ...typographyStyles.caption1, color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
  attention: { color: tokens.colorStatusWarningForeground1 },
});

interface PlatformTotalsProps {
  totals: PlatformStatus["totals"];
  refused: PlatformStatus["rejectionsWithoutOrganization"];
}

/** The platform in a few numbers. */
export function PlatformTotals({ totals, refused }: PlatformTotalsProps) {
  const styles = useStyles();
  const { setFilter } = useFilter();
  return (
    <Section title="Totals">
      <div className={styles.root}>
        <dl className={styles.facts}>
          <Fact label="Organizations" value={totals.organizations} />
          <Fact label="Need attention" value={totals.needAttention} attention={totals.needAttention > 0} />
          {refused.map(({ reason, count }) => (
            <Fact
              key={reason}
              label={`Refused in 24 hours: ${rejectionAdvice[reason].title.toLowerCase()}`}
              value={count}
            />
          ))}
        </dl>
        <PeriodCounts
          periods={totals.periods}
          show={(period, outcome) => setFilter(countFilter(period, outcome), { reveal: true })}
        />
      </div>
    </Section>
  );
}

function Fact({ label, value, attention = false }: { label: string; value: number; attention?: boolean }) {
  const styles = useStyles();
  return (
    <div>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>
        <Title3 {...(attention ? { className: styles.attention } : {})}>{value.toLocaleString("en")}</Title3>
      </dd>
    </div>
  );
}
