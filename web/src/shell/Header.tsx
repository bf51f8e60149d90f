import { Button, Text, Tooltip, makeStyles, tokens, useRestoreFocusTarget } from "@fluentui/react-components";
import { Navigation24Regular } from "@fluentui/react-icons";
import { Suspense } from "react";
import { ProductMark } from "../components/ProductMark.tsx";
import { lazyNamed } from "../components/lazyNamed.ts";
import { PersonMenu } from "./PersonMenu.tsx";
import { ThemeMenu } from "./ThemeMenu.tsx";
import { headerHeight } from "./layout.ts";
import type { Me } from "../../../functions/contracts/me.ts";
import type { ThemeChoice } from "./theme.ts";

/** Most administrators have one organization and never choose. */
const OrganizationPicker = lazyNamed(
  () => import("../components/OrganizationPicker.tsx"),
  "OrganizationPicker",
);

const useStyles = makeStyles({
  root: {
    position: "sticky",
    top: 0,
    zIndex: 10,
    boxSizing: "border-box",
    height: `${headerHeight}px`,
    display: "flex",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { whiteSpace: "nowrap", "@media (max-width: 639.98px)": { display: "none" } },
  middle: {
    flexGrow: 1,
    minWidth: 0,
    display: "flex",
    paddingInlineStart: tokens.spacingHorizontalM,
    "@media (max-width: 639.98px)": { paddingInlineStart: 0 },
  },
  picker: { width: "300px", minWidth: 0, maxWidth: "100%", "& > input": { minWidth: 0, width: "100%" } },
  only: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

interface HeaderProps {
  me: Me;
  organizationId: string;
  theme: { choice: ThemeChoice; choose: (choice: ThemeChoice) => void };
  /** Opens the navigation; null where it is open anyway. */
  openNavigation: (() => void) | null;
  chooseOrganization: (organizationId: string) => void;
}

/** The bar at the top: product, organization, theme and person. */
export function Header({ me, organizationId, theme, openNavigation, chooseOrganization }: HeaderProps) {
  const styles = useStyles();
  const [only, ...others] = me.organizations;
  const global = me.roles.includes("Platform.Admin");
  // The navigation is opened from here, so the focus comes back here when it is closed.
  const target = useRestoreFocusTarget();
  return (
    <header className={styles.root}>
      {openNavigation && (
        <Tooltip content="Navigation" relationship="label">
          <Button appearance="subtle" icon={<Navigation24Regular />} onClick={openNavigation} {...target} />
        </Tooltip>
      )}
      <ProductMark size={24} />
      <Text weight="semibold" size={400} className={styles.name}>
        Portal Sync
      </Text>
      <div className={styles.middle}>
        {global || others.length > 0 ? (
          <Suspense>
            <OrganizationPicker
              className={styles.picker}
              label="Organization"
              {...(global ? { allLabel: "All organizations" } : {})}
              organizations={me.organizations}
              selected={organizationId}
              onSelect={chooseOrganization}
            />
          </Suspense>
        ) : (
          <Text className={styles.only}>{only?.name}</Text>
        )}
      </div>
      <ThemeMenu {...theme} />
      <PersonMenu roles={me.roles} />
    </header>
  );
}
