import { LargeTitle, Title2, makeStyles, tokens } from "@fluentui/react-components";
import { ProductMark } from "./ProductMark.tsx";
import { usePageTitle } from "./usePageTitle.ts";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  root: {
    minHeight: "100dvh",
    display: "grid",
    placeItems: "center",
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: {
    boxSizing: "border-box",
    width: "100%",
    maxWidth: "520px",
    display: "flex",
    flexDirection: "column",
    rowGap: tokens.spacingVerticalL,
    padding: "clamp(24px, 6vw, 44px)",
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow8,
    border: `1px solid ${tokens.colorTransparentStroke}`,
  },
  brand: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalS },
  actions: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
});

interface FullPageProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** A page that stands for the whole portal while it cannot be used yet. */
export function FullPage({ title, children, actions }: FullPageProps) {
  const styles = useStyles();
  usePageTitle(title);
  return (
    <main className={styles.root}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <ProductMark size={28} />
          <Title2 as="span">Portal Sync</Title2>
        </div>
        <LargeTitle
          as="h1"
          style={{ fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700 }}
        >
          {title}
        </LargeTitle>
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </main>
  );
}
