import { Body1, Subtitle1, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    rowGap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalM}`,
    textAlign: "center",
  },
  icon: { color: tokens.colorNeutralForeground3, fontSize: "40px", lineHeight: 0 },
  text: { maxWidth: "60ch", color: tokens.colorNeutralForeground2 },
  more: { marginTop: tokens.spacingVerticalS, maxWidth: "72ch", minWidth: 0, width: "100%" },
});

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** Stands where a list would be: why there is nothing, and what to do next. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <Subtitle1 as="h3">{title}</Subtitle1>
      <Body1 align="center" className={styles.text}>
        {text}
      </Body1>
      {children && <div className={styles.more}>{children}</div>}
    </div>
  );
}
