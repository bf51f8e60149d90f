import { Caption1, Title3, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
  },
  title: { display: "flex", flexDirection: "column", minWidth: 0, overflowWrap: "anywhere" },
  subtitle: { color: tokens.colorNeutralForeground2 },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: tokens.spacingHorizontalM },
  side: { color: tokens.colorNeutralForeground2 },
});

interface PageHeaderProps {
  title: string;
  subtitle: string;
  /** Stands beside the title: the verdict. */
  beside?: ReactNode;
  /** Stands at the far end: how old the figures are. */
  side?: ReactNode;
}

/** The one top heading of a screen. */
export function PageHeader({ title, subtitle, beside, side }: PageHeaderProps) {
  const styles = useStyles();
  return (
    <header className={styles.root}>
      <div className={styles.title}>
        <Caption1 className={styles.subtitle}>{subtitle}</Caption1>
        <div className={styles.line}>
          <Title3 as="h1">{title}</Title3>
          {beside}
        </div>
      </div>
      {side && <Caption1 className={styles.side}>{side}</Caption1>}
    </header>
  );
}
